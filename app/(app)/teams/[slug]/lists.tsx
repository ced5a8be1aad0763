import { PointLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { PersonName } from '@/components/registry/person-name'
import { Quiet } from '@/components/registry/quiet'
import classes from '@/components/registry/registry.module.css'
import { pointKindTitles } from '@/components/registry/titles'
import type { TeamDetail } from '@/lib/registry/teams/model'

/** Who belongs to the team, leads first. */
export function MemberList({ members }: Pick<TeamDetail, 'members'>) {
  return (
    <Panel title="Members" aside={members.more && `the first ${members.rows.length}`} flush>
      {members.rows.length === 0 ? (
        <p className={classes.none}>Nobody: the team cannot be a credible owner.</p>
      ) : (
        <ul className={classes.list}>
          {members.rows.map(({ person, role }) => (
            <li key={person.id} className={classes.line}>
              <PersonName person={person} />
              <span className={classes.end}>{role === 'lead' ? 'Lead' : 'Member'}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Gateways, brokers and applications that the team runs; running one is no ownership. */
export function PointList({ points }: Pick<TeamDetail, 'points'>) {
  return (
    <Panel title="Enforcement points it runs" aside={points.more && `the first ${points.rows.length}`} flush>
      {points.rows.length === 0 ? (
        <p className={classes.none}>None.</p>
      ) : (
        <ul className={classes.list}>
          {points.rows.map(({ id, slug, name, kind }) => (
            <li key={id} className={classes.line}>
              <PointLink slug={slug} name={name} /> <Quiet>{slug}</Quiet>
              <span className={classes.end}>{pointKindTitles[kind]}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
