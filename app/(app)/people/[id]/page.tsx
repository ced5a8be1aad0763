import type { Metadata } from 'next'
import { PersonStatusBadge } from '@/components/badges'
import { MailLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { Columns, Stacked } from '@/components/registry/columns'
import { GapList } from '@/components/registry/gap-list'
import { HeldList } from '@/components/registry/held-list'
import { LastSeen } from '@/components/registry/last-seen'
import { PersonName } from '@/components/registry/person-name'
import { pageMay, read } from '@/lib/http/page-data'
import { decoded, urls } from '@/lib/urls'
import { HistoryOf } from '../../history-of'
import { readViewer } from '../../viewer'
import { EraseButton } from './erase-button'
import { HeldNotice } from './held-notice'
import { ReportList, SponsoredList, TeamList } from './lists'
import { OpenSuccession } from './open-succession'
import { PersonActions } from './person-actions'

interface PersonPageProps {
  params: Promise<{ id: string }>
}

/** The person that the address names, by external id or id. */
const readPerson = async ({ params }: PersonPageProps) => read('people.get', { person: decoded((await params).id) })

export async function generateMetadata(props: PersonPageProps): Promise<Metadata> {
  return { title: (await readPerson(props)).name }
}

export default async function PersonPage(props: PersonPageProps) {
  const person = await readPerson(props)
  const [viewer, may, mayErase, successions] = await Promise.all([
    readViewer(),
    pageMay('people.update'),
    pageMay('people.erase'),
    read('succession.list', { leaver: person.externalId, limit: 1 }),
  ])
  const { assignments } = person
  return (
    <>
      <PageHeader
        title={person.name}
        breadcrumbs={[{ title: 'People', href: urls.people() }]}
        badges={<PersonStatusBadge status={person.status} />}
        meta={
          <>
            <code>{person.externalId}</code>
            {person.email && <MailLink to={person.email} />}
            {person.manager && (
              <span>
                reports to <PersonName person={person.manager} />
              </span>
            )}
            <LastSeen source={person.source} at={person.lastSeenAt} />
          </>
        }
        actions={
          <>
            <PersonActions person={person} may={may} />
            {person.status === 'left' && <EraseButton person={person.id} name={person.name} may={mayErase} />}
          </>
        }
      />
      <Stacked>
        <HeldNotice person={person.externalId} />
        {successions.rows.length > 0 && <OpenSuccession person={person} />}
        <Columns>
          <Stacked>
            <TeamList teams={person.teams} />
            <ReportList reports={person.reports} />
            <SponsoredList sponsored={person.sponsored} />
            <HistoryOf about={`person:${person.id}`} />
          </Stacked>
          <Stacked>
            <Panel title="Accountable for" aside={assignments.more && `the first ${assignments.rows.length}`} flush>
              <HeldList
                assignments={assignments.rows}
                viewer={viewer}
                withTeam
                none="They are accountable for no layer of anything."
              />
            </Panel>
            <GapList gaps={person.gaps} none="No open gap on what they own or sponsor." />
          </Stacked>
        </Columns>
      </Stacked>
    </>
  )
}
