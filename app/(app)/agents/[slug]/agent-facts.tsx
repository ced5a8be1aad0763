import { CopyButton } from '@/components/copy-button'
import { PersonLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Departed } from '@/components/registry/departed'
import { Facts } from '@/components/registry/facts'
import { Quiet } from '@/components/registry/quiet'
import { autonomyMeanings, autonomyTitles, primitiveTitles } from '@/components/registry/titles'
import { RelativeTime } from '@/components/relative-time'
import type { AgentDetail } from '@/lib/registry/agents/model'

function Sponsor({ sponsor }: Pick<AgentDetail, 'sponsor'>) {
  if (!sponsor) return <Departed>Nobody is named</Departed>
  const link = <PersonLink id={sponsor.externalId} name={sponsor.name} />
  return sponsor.status === 'left' ? <Departed>{link} has left</Departed> : link
}

function Identity({ identity }: Pick<AgentDetail, 'identity'>) {
  if (!identity) return <Quiet>Not known</Quiet>
  return (
    <>
      {primitiveTitles[identity.primitive]}
      {identity.id && (
        <>
          <br />
          <code>{identity.id}</code> <CopyButton value={identity.id} label="Copy the identifier" />
        </>
      )}
    </>
  )
}

function DecisionLog({ decisionLog }: Pick<AgentDetail, 'decisionLog'>) {
  if (!decisionLog) return <Quiet>No source recorded</Quiet>
  return (
    <>
      {decisionLog.source},{' '}
      {decisionLog.lastSeen ? (
        <>
          last heard <RelativeTime at={decisionLog.lastSeen} />
        </>
      ) : (
        'never heard'
      )}
    </>
  )
}

/** What is known about an agent. */
export function AgentFacts({ agent }: { agent: AgentDetail }) {
  return (
    <Panel title="About">
      <Facts
        facts={[
          { label: 'Purpose', value: agent.purpose || <Quiet>Nobody has said what it is for</Quiet> },
          { label: 'Sponsor', value: <Sponsor sponsor={agent.sponsor} /> },
          {
            label: 'Autonomy',
            value: (
              <>
                {autonomyTitles[agent.autonomy]} <Quiet>{autonomyMeanings[agent.autonomy]}</Quiet>
              </>
            ),
          },
          { label: 'Environment', value: agent.environment },
          { label: 'Identity', value: <Identity identity={agent.identity} /> },
          { label: 'Decision log', value: <DecisionLog decisionLog={agent.decisionLog} /> },
          { label: 'Registered', value: <RelativeTime at={agent.createdAt} /> },
        ]}
      />
    </Panel>
  )
}
