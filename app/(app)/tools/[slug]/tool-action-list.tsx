import { IconEye, IconFlame, IconHelpCircle, IconPencil } from '@tabler/icons-react'
import { Panel } from '@/components/panel'
import type { ToolDetail } from '@/lib/registry/tools/model'
import classes from './tool-action-list.module.css'

type Action = ToolDetail['actions'][number]

/** What an action does to what it touches, as far as its source could tell. */
function effectOf({ readOnly, destructive }: Action) {
  if (destructive === 'yes') return { effect: 'destroys', text: 'Destructive', icon: IconFlame }
  if (readOnly === 'yes') return { effect: 'reads', text: 'Read-only', icon: IconEye }
  if (readOnly === 'no' && destructive === 'no')
    return { effect: 'writes', text: 'Changes, not destructive', icon: IconPencil }
  if (readOnly === 'no') return { effect: 'writes', text: 'Changes; destructive: unknown', icon: IconPencil }
  return { effect: 'unknown', text: 'Unknown', icon: IconHelpCircle }
}

/** Everything the tool can do, each action marked by its effect. */
export function ToolActionList({ actions }: { actions: readonly Action[] }) {
  return (
    <Panel title={actions.length === 0 ? 'Actions' : `Actions (${actions.length})`} flush>
      {actions.length === 0 && <p className={classes.none}>No source has said what it can do.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be in reach of the keyboard */}
      <ul className={classes.actions} tabIndex={0} aria-label="Actions">
        {actions.map((action) => {
          const { effect, text, icon: Icon } = effectOf(action)
          return (
            <li key={action.name}>
              <span className={classes.name}>
                <code>{action.name}</code>
                {action.description && <span title={action.description}>{action.description}</span>}
              </span>
              <span className={classes.effect} data-effect={effect}>
                <Icon size={14} stroke={1.8} aria-hidden />
                {text}
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
