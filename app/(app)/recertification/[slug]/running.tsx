import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { Notice } from '@/components/notice'
import { Panel } from '@/components/panel'
import { AnswerDays } from '@/components/recertification/answer-days'
import { itemStateTitles, outcomeTitles, standingTitles } from '@/components/recertification/campaign-words'
import { Quiet } from '@/components/registry/quiet'
import { pageMay, read } from '@/lib/http/page-data'
import { listItemsInput } from '@/lib/recertification/campaigns/items'
import type { CampaignProgress } from '@/lib/recertification/campaigns/progress-query'
import type { CampaignDetail } from '@/lib/recertification/campaigns/shapes'
import { itemStates, outcomes, standings } from '@/lib/recertification/model'
import { riskTiers } from '@/lib/registry/model'
import { filtersOf, optionsOf, type SearchParams } from '../../list-query'
import classes from './campaign.module.css'
import { ItemsTable } from './items-table'
import { Challenges } from './run/challenges'
import { Comments } from './run/comments'
import { RunActions } from './run/run-actions'
import { Signals } from './run/signals'
import { UnderWay } from './run/under-way'
import { forecastWords, People, Stages, Teams } from './standing'

const commentsShown = 20

const optionsFor = (people: CampaignProgress['people']['rows'], fits: (row: (typeof people)[number]) => boolean) =>
  people.filter(fits).map(({ person }) => ({ value: person.externalId, label: person.name }))

/** A campaign that was launched: how far it is, what can be done, and everything it asks about. */
export async function Running({ campaign, params }: { campaign: CampaignDetail; params: SearchParams }) {
  const { slug, state, endedReason, can } = campaign
  const filters = filtersOf(listItemsInput.shape, ['q', 'state', 'outcome', 'risk', 'standing'], params)
  const input = { slug, ...filters }
  const maySee = (await pageMay('campaigns.signals')) === true
  const [progress, items, challenges, comments, signals] = await Promise.all([
    read('campaigns.progress', { slug }),
    read('campaigns.items', input),
    read('challenges.list', { campaign: slug }),
    read('campaigns.comments', { slug, limit: commentsShown }),
    maySee ? read('campaigns.signals', { slug }) : null,
  ])
  const { stages, people, teams, days } = progress
  const hasBegun = stages.some((stage) => stage.state !== 'ahead')
  return (
    <div className={classes.stack}>
      {state === 'stopped' && endedReason && <Notice label="Why it was stopped">Stopped: {endedReason}</Notice>}
      <InBackground campaign={campaign} />
      <RunActions
        campaign={campaign}
        open={optionsFor(people.rows, ({ open }) => open > 0)}
        answered={optionsFor(people.rows, ({ answered }) => answered > 0)}
      />
      {challenges.rows.length > 0 && <Challenges challenges={challenges.rows} />}
      {hasBegun && (
        <div className={classes.columns}>
          <div className={classes.stack}>
            <Stages stages={stages} />
            <Panel title="Answers by day" aside={state === 'running' ? forecastWords(progress) : null}>
              {days.length > 0 ? <AnswerDays days={days} /> : <Quiet>Nobody has answered yet.</Quiet>}
            </Panel>
            {signals && signals.rows.length > 0 && <Signals signals={signals} />}
          </div>
          <div className={classes.stack}>
            <People people={people} />
            <Teams teams={teams} />
          </div>
        </div>
      )}
      <div>
        <FilterBar
          textLabel="Item"
          filters={[
            { name: 'state', title: 'State', options: optionsOf(itemStates, itemStateTitles) },
            { name: 'outcome', title: 'Outcome', options: optionsOf(outcomes, outcomeTitles) },
            { name: 'risk', title: 'Risk', options: optionsOf(riskTiers) },
            { name: 'standing', title: 'Since last time', options: optionsOf(standings, standingTitles) },
          ]}
        />
        <ItemsTable {...items} input={input} empty={<EmptyState>No item fits these filters.</EmptyState>} />
      </div>
      <Comments slug={slug} comments={comments} can={can.comment} />
    </div>
  )
}

/** Launching and closing go on by themselves; how far they are. */
function InBackground({ campaign: { state, progress } }: { campaign: CampaignDetail }) {
  const { items, ready, applied, answered, unanswered } = progress
  if (state === 'launching')
    return <UnderWay label="Reviewers are being asked" done={Math.min(ready, items)} total={items} />
  if (state !== 'closing') return null
  return <UnderWay label="What was decided is being applied" done={applied} total={answered + unanswered} />
}
