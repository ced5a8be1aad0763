import { LifecycleBadge } from '@/components/badges'
import { AgentLink, TeamLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { PersonName } from '@/components/registry/person-name'
import classes from '@/components/registry/registry.module.css'
import type { PersonDetail } from '@/lib/registry/people/model'

/** The teams they belong to. */
export function TeamList({ teams }: Pick<PersonDetail, 'teams'>) {
  return (
    <Panel title="Teams" flush>
      {teams.length === 0 ? (
        <p className={classes.none}>In no team.</p>
      ) : (
        <ul className={classes.list}>
          {teams.map(({ team, role }) => (
            <li key={team.id} className={classes.line}>
              <TeamLink slug={team.slug} name={team.name} />
              <span className={classes.end}>
                {team.status === 'dissolved' ? 'Dissolved' : role === 'lead' ? 'Lead' : 'Member'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Who reports to them. */
export function ReportList({ reports }: Pick<PersonDetail, 'reports'>) {
  if (reports.rows.length === 0) return null
  return (
    <Panel title="Reports to them" aside={reports.more && `the first ${reports.rows.length}`} flush>
      <ul className={classes.list}>
        {reports.rows.map((report) => (
          <li key={report.id} className={classes.line}>
            <PersonName person={report} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** The agents they stand for. */
export function SponsoredList({ sponsored }: Pick<PersonDetail, 'sponsored'>) {
  return (
    <Panel title="Sponsors" aside={sponsored.more && `the first ${sponsored.rows.length}`} flush>
      {sponsored.rows.length === 0 ? (
        <p className={classes.none}>No agent.</p>
      ) : (
        <ul className={classes.list}>
          {sponsored.rows.map(({ id, slug, name, lifecycle }) => (
            <li key={id} className={classes.line}>
              <AgentLink slug={slug} name={name} />
              <span className={classes.end}>
                <LifecycleBadge lifecycle={lifecycle} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
