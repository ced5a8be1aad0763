import type { Metadata } from 'next'
import { TeamStatusBadge } from '@/components/badges'
import { MailLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { Columns, Stacked } from '@/components/registry/columns'
import { GapList } from '@/components/registry/gap-list'
import { HeldList } from '@/components/registry/held-list'
import { LastSeen } from '@/components/registry/last-seen'
import { teamFunctionTitles } from '@/components/registry/titles'
import { pageActor, read } from '@/lib/http/page-data'
import { mayEditTeam } from '@/lib/registry/teams/rights'
import { urls } from '@/lib/urls'
import { HistoryOf } from '../../history-of'
import { readViewer } from '../../viewer'
import { cellsText } from '../words'
import { MemberList, PointList } from './lists'
import { TeamActions } from './team-actions'

interface TeamPageProps {
  params: Promise<{ slug: string }>
}

export async function generateMetadata({ params }: TeamPageProps): Promise<Metadata> {
  return { title: (await read('teams.get', { slug: (await params).slug })).name }
}

export default async function TeamPage({ params }: TeamPageProps) {
  const team = await read('teams.get', { slug: (await params).slug })
  const [viewer, actor] = await Promise.all([readViewer(), pageActor()])
  const inState = (state: 'proposed' | 'accepted' | 'declined') =>
    team.assignments.rows.filter((assignment) => assignment.state === state)
  const [proposed, accepted, declined] = [inState('proposed'), inState('accepted'), inState('declined')]
  return (
    <>
      <PageHeader
        title={team.name}
        breadcrumbs={[{ title: 'Teams', href: urls.teams() }]}
        badges={<TeamStatusBadge status={team.status} />}
        meta={
          <>
            <span>{teamFunctionTitles[team.function]}</span>
            <code>{team.slug}</code>
            {team.contact && <MailLink to={team.contact} />}
            <LastSeen source={team.source} at={team.lastSeenAt} />
          </>
        }
        actions={
          <TeamActions
            team={team}
            mayEdit={mayEditTeam(actor, team, ['name', 'function', 'members', 'status'])}
            mayEditContact={mayEditTeam(actor, team, ['contact'])}
          />
        }
      />
      <Columns>
        <Stacked>
          <MemberList members={team.members} />
          <PointList points={team.points} />
          <HistoryOf about={`team:${team.slug}`} />
        </Stacked>
        <Stacked>
          {proposed.length > 0 && (
            <Panel title={`Waiting for an answer (${proposed.length})`} flush>
              <HeldList assignments={proposed} viewer={viewer} none="" />
            </Panel>
          )}
          <Panel
            title={`Owns${accepted.length > 0 ? ` (${accepted.length}${team.assignments.more ? '+' : ''})` : ''}`}
            aside={`${cellsText(team.ownedCells)} ${team.ownedCells === 1 ? 'cell' : 'cells'}`}
            flush
          >
            <HeldList assignments={accepted} viewer={viewer} none="It owns no layer of anything." />
          </Panel>
          {declined.length > 0 && (
            <Panel title={`Declined (${declined.length})`} flush>
              <HeldList assignments={declined} viewer={viewer} none="" />
            </Panel>
          )}
          <GapList
            gaps={team.gaps}
            href={urls.gaps({ team: team.slug })}
            none="No open gap on what it was named for."
          />
        </Stacked>
      </Columns>
    </>
  )
}
