import { Panel } from '@/components/panel'
import { Facts } from '@/components/registry/facts'
import { OwnPrivileges } from '@/components/registry/own-privileges'
import { Quiet } from '@/components/registry/quiet'
import { RunningTeam } from '@/components/registry/running-team'
import { pointKindMeanings, pointKindTitles } from '@/components/registry/titles'
import { RelativeTime } from '@/components/relative-time'
import type { PointDetail } from '@/lib/registry/points/model'

/** What is known about an enforcement point. */
export function PointFacts({ point }: { point: PointDetail }) {
  const { kind, team, independentPrivileges, createdAt, assignments } = point
  const isOwnedByTeam = assignments.rows.some((owner) => owner.state === 'accepted' && owner.team.slug === team?.slug)
  return (
    <Panel title="About">
      <Facts
        facts={[
          {
            label: 'Kind',
            value: (
              <>
                {pointKindTitles[kind]}
                <br />
                <Quiet>{pointKindMeanings[kind]}</Quiet>
              </>
            ),
          },
          {
            label: 'Run by',
            value: team ? (
              <>
                <RunningTeam team={team} />
                {!isOwnedByTeam && (
                  <>
                    <br />
                    <Quiet>which is not yet owning enforcement here</Quiet>
                  </>
                )}
              </>
            ) : (
              <Quiet>Nobody is named who runs it</Quiet>
            ),
          },
          { label: 'Own privileges', value: <OwnPrivileges known={independentPrivileges} long /> },
          { label: 'Registered', value: <RelativeTime at={createdAt} /> },
        ]}
      />
    </Panel>
  )
}
