import { Panel } from '@/components/panel'
import { Facts } from '@/components/registry/facts'
import { Quiet } from '@/components/registry/quiet'
import type { Limits } from '@/lib/contracts/model'
import classes from './contract.module.css'

function Codes({ items, none }: { items: readonly string[] | undefined; none: string }) {
  if (!items || items.length === 0) return <Quiet>{none}</Quiet>
  return (
    <ul className={classes.codes}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list may say a thing twice, and never moves
        <li key={index}>
          <code>{item}</code>
        </li>
      ))}
    </ul>
  )
}

function Conditions({ conditions = [] }: Pick<Limits, 'conditions'>) {
  if (conditions.length === 0) return <Quiet>None</Quiet>
  return (
    <ul className={classes.conditions}>
      {conditions.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <li key={index}>{condition}</li>
      ))}
    </ul>
  )
}

/** What the contract allows, and under which conditions. */
export function LimitsView({ limits }: { limits: Limits }) {
  const { actions, resources, conditions, maxCredentialLifetime, approval } = limits
  const facts = [
    { label: 'Actions', value: <Codes items={actions} none={actions ? 'None at all' : 'Not limited'} /> },
    { label: 'Resources', value: <Codes items={resources} none={resources ? 'None at all' : 'Not limited'} /> },
    { label: 'Conditions', value: <Conditions conditions={conditions} /> },
    {
      label: 'Credential',
      value: maxCredentialLifetime ? (
        <>lives at most {<code>{maxCredentialLifetime}</code>}</>
      ) : (
        <Quiet>Not limited</Quiet>
      ),
    },
    { label: 'Approval', value: approval || <Quiet>Not needed</Quiet> },
  ]
  return (
    <Panel title="Limits">
      <Facts facts={facts} />
    </Panel>
  )
}
