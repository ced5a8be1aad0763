'use client'

import { Kbd, Modal, Switch } from '@mantine/core'
import { useSingleKeys } from '../single-keys'
import { navItems } from './nav'
import classes from './shell.module.css'

const everywhere = [
  { keys: ['Ctrl or ⌘', 'K'], does: 'Search and commands' },
  { keys: ['/'], does: 'The same with one key' },
  { keys: ['?'], does: 'These shortcuts' },
  { keys: ['j'], does: 'Next row of a list' },
  { keys: ['k'], does: 'Previous row of a list' },
  { keys: ['Enter'], does: 'Open the row; assign in the matrix' },
]

const reviewing = [
  { keys: ['c'], does: 'Certify' },
  { keys: ['x'], does: 'Revoke' },
  { keys: ['r'], does: 'Reassign' },
  { keys: ['n'], does: 'Not mine' },
  { keys: ['d'], does: 'Later' },
  { keys: ['Space'], does: 'Select' },
  { keys: ['u'], does: 'Take back the last' },
]

/** All shortcuts, and the switch that turns off those of one key. */
export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [single, setSingle] = useSingleKeys()
  const places = navItems.map(({ title, key }) => ({ keys: ['g', key], does: title }))
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <div className={classes.shortcuts}>
        <ShortcutList title="Everywhere" shortcuts={everywhere} />
        <ShortcutList title="Go to" shortcuts={places} />
        <ShortcutList title="Reviewing, on the item or on those selected" shortcuts={reviewing} />
      </div>
      <Switch
        mt="lg"
        size="xs"
        checked={single}
        onChange={(event) => setSingle(event.currentTarget.checked)}
        label="Shortcuts of single keys"
        description="Off, only Ctrl or ⌘ K works"
      />
    </Modal>
  )
}

function ShortcutList({ title, shortcuts }: { title: string; shortcuts: readonly { keys: string[]; does: string }[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {shortcuts.map(({ keys, does }) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Keys pressed one after the other, or together; the same may come twice. */
function Keys({ keys }: { keys: string[] }) {
  const [first, second] = keys
  return (
    <>
      <Kbd size="xs">{first}</Kbd>
      {second && <Kbd size="xs">{second}</Kbd>}
    </>
  )
}
