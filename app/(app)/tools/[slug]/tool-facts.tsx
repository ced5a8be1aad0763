import { PointLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Facts } from '@/components/registry/facts'
import { OwnPrivileges } from '@/components/registry/own-privileges'
import { Quiet } from '@/components/registry/quiet'
import { RunningTeam } from '@/components/registry/running-team'
import { classificationTitles, toolKindTitles } from '@/components/registry/titles'
import { RelativeTime } from '@/components/relative-time'
import type { PointDetail } from '@/lib/registry/points/model'
import type { ToolDetail } from '@/lib/registry/tools/model'

/** The application behind the tool and who runs it, which is no ownership. */
function Application({ application }: { application: PointDetail | null }) {
  if (!application) return <Quiet>Not named: nobody can say where its limit is honoured</Quiet>
  const { slug, name, team, independentPrivileges } = application
  return (
    <>
      <PointLink slug={slug} name={name} />
      <br />
      {team === null ? (
        <Quiet>Nobody is named who runs it</Quiet>
      ) : (
        <Quiet>
          run by <RunningTeam team={team} />, which is not yet ownership
        </Quiet>
      )}
      <br />
      <OwnPrivileges known={independentPrivileges} long />
    </>
  )
}

/** What is known about a tool. */
export function ToolFacts({ tool, application }: { tool: ToolDetail; application: PointDetail | null }) {
  return (
    <Panel title="About">
      <Facts
        facts={[
          { label: 'Description', value: tool.description || <Quiet>None</Quiet> },
          { label: 'Kind', value: toolKindTitles[tool.kind] },
          { label: 'Classification', value: classificationTitles[tool.classification] },
          { label: 'Own privileges', value: <OwnPrivileges known={tool.independentPrivileges} long /> },
          { label: 'Application', value: <Application application={application} /> },
          { label: 'Registered', value: <RelativeTime at={tool.createdAt} /> },
        ]}
      />
    </Panel>
  )
}
