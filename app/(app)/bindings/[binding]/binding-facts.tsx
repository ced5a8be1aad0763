import { RiskBadge } from '@/components/badges'
import { PersonLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Certification } from '@/components/recertification/certification'
import { Departed } from '@/components/registry/departed'
import { Facts } from '@/components/registry/facts'
import { Quiet } from '@/components/registry/quiet'
import { credentialTypeTitles, decisionModeTitles } from '@/components/registry/titles'
import { RelativeTime } from '@/components/relative-time'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import { lifetimeText } from '../lifetime'
import classes from './binding-facts.module.css'

function Intent({ intent }: Pick<BindingDetail, 'intent'>) {
  if (!intent) return <Departed>Nobody has said what it is for</Departed>
  const { text, approvedBy, approvedAt } = intent
  return (
    <>
      {text}
      <br />
      {approvedAt ? (
        <Quiet>
          Approved {approvedBy && <>by {<PersonLink id={approvedBy.externalId} name={approvedBy.name} />} </>}
          <RelativeTime at={approvedAt} />
        </Quiet>
      ) : (
        <Departed>Not approved</Departed>
      )}
    </>
  )
}

function Allowlist({ allowlist }: Pick<BindingDetail, 'allowlist'>) {
  if (!allowlist) return <Quiet>Not known</Quiet>
  if (!allowlist.present) return 'None'
  const { reviewedAt, reviewedBy } = allowlist
  if (!reviewedAt) return <Departed>Present, never centrally reviewed</Departed>
  return (
    <>
      Present, reviewed <RelativeTime at={reviewedAt} />
      {reviewedBy && (
        <>
          {' '}
          by <PersonLink id={reviewedBy.externalId} name={reviewedBy.name} />
        </>
      )}
    </>
  )
}

function Actions({ actions }: Pick<BindingDetail, 'actions'>) {
  if (actions.length === 0) return <Quiet>None recorded</Quiet>
  return (
    <ul className={classes.actions}>
      {actions.map((action) => (
        <li key={action}>
          <code>{action}</code>
        </li>
      ))}
    </ul>
  )
}

/** What the access is, and what bounds it. */
export function BindingFacts({ binding }: { binding: BindingDetail }) {
  const { credential, activeSince, certification } = binding
  return (
    <Panel title="About">
      <Facts
        facts={[
          { label: 'Intent', value: <Intent intent={binding.intent} /> },
          { label: 'Actions', value: <Actions actions={binding.actions} /> },
          { label: 'Risk', value: <RiskBadge risk={binding.risk} /> },
          { label: 'Decided', value: decisionModeTitles[binding.decisionMode] },
          {
            label: 'Credential',
            value: (
              <>
                {credentialTypeTitles[credential.type]},{' '}
                {credential.lifetimeSeconds === null ? (
                  <Quiet>lifetime not known</Quiet>
                ) : (
                  lifetimeText(credential.lifetimeSeconds)
                )}
              </>
            ),
          },
          { label: 'Boundary', value: binding.boundary ?? <Quiet>None recorded</Quiet> },
          { label: 'Local allowlist', value: <Allowlist allowlist={binding.allowlist} /> },
          { label: 'Active since', value: activeSince ? <RelativeTime at={activeSince} /> : <Quiet>Not active</Quiet> },
          { label: 'Certification', value: <Certification certification={certification} /> },
        ]}
      />
    </Panel>
  )
}
