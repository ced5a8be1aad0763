import { PersonLink, TeamLink } from '@/components/links'
import { Panel } from '@/components/panel'
import type { CampaignProgress } from '@/lib/recertification/campaigns/progress-query'
import classes from './campaign.module.css'

const number = (count: number) => count.toLocaleString('en')
const shownMax = 12

/** Where a stage ends up at its present pace, in a sentence. */
export function forecastWords({ forecast }: Pick<CampaignProgress, 'forecast'>): string {
  if (!forecast) return 'No stage is running'
  const { allAnsweredOn, missing, perDay } = forecast
  if (perDay === 0) return 'Nobody has answered yet, so there is no pace to go by'
  const pace = `At the present pace, ${perDay.toFixed(perDay < 10 ? 1 : 0)} a day,`
  if (missing > 0) return `${pace} ${number(missing)} ${missing === 1 ? 'is' : 'are'} not answered by the due day`
  return `${pace} everything is answered on ${allAnsweredOn ?? 'a day far off'}`
}

type Stage = CampaignProgress['stages'][number]

const partTitles = {
  certify: 'certified',
  reassign: 'reassigned',
  revoke: 'revoked',
  unanswered: 'not answered',
  open: 'open',
} as const

/** How far a campaign is, stage by stage: what came in, what was said, and what is still open. */
export function Stages({ stages }: Pick<CampaignProgress, 'stages'>) {
  return (
    <Panel title="Stages">
      <ol className={classes.stages}>
        {stages.map((stage) => (
          <li key={stage.number}>
            <span className={classes.name} title={stage.name}>
              {stage.number}. {stage.name}
            </span>
            <span className={classes.count}>
              {stage.state === 'ahead' ? 'Not begun' : `${number(stage.answered)} of ${number(stage.asked)} answered`}
            </span>
            {stage.state !== 'ahead' && <Funnel stage={stage} />}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Funnel({ stage }: { stage: Stage }) {
  const { asked, byAnswer, unanswered, open, overdue, withoutReviewer, withdrawn, dueOn, state } = stage
  const parts = [
    ...(['certify', 'reassign', 'revoke'] as const).map((part) => ({ part, items: byAnswer[part] })),
    { part: 'unanswered' as const, items: unanswered },
    { part: 'open' as const, items: open },
  ].filter(({ items }) => items > 0)
  return (
    <>
      <span className={classes.bar} aria-hidden>
        {parts.map(({ part, items }) => (
          <i key={part} data-part={part} style={{ width: `${(items / asked) * 100}%` }} />
        ))}
      </span>
      <span className={classes.parts}>
        {parts.map(({ part, items }) => (
          <span key={part}>
            <i data-part={part} aria-hidden />
            {number(items)} {partTitles[part]}
          </span>
        ))}
        {withdrawn > 0 && <span>{number(withdrawn)} withdrawn</span>}
        {overdue > 0 && <span className={classes.late}>{number(overdue)} overdue</span>}
        {withoutReviewer > 0 && <span className={classes.late}>{number(withoutReviewer)} without a reviewer</span>}
        {dueOn && <span>{state === 'over' ? `was due ${dueOn}` : `due ${dueOn}`}</span>}
      </span>
    </>
  )
}

/** Who was asked and how far they are, those with most to do first. */
export function People({ people }: Pick<CampaignProgress, 'people'>) {
  return (
    <Panel title="People" aside={shownOf(people.rows.length)}>
      <ul className={classes.rows}>
        {people.rows.slice(0, shownMax).map(({ person, open, overdue, answered, lapsed }) => (
          <li key={person.externalId}>
            <span className={classes.name} title={person.name}>
              <PersonLink id={person.externalId} name={person.name} />
            </span>
            <Share answered={answered} open={open} overdue={overdue} unanswered={lapsed} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** How far what belongs to each team is. */
export function Teams({ teams }: Pick<CampaignProgress, 'teams'>) {
  return (
    <Panel title="Teams" aside={shownOf(teams.rows.length)}>
      <ul className={classes.rows}>
        {teams.rows.slice(0, shownMax).map(({ team, open, overdue, answered, unanswered }) => (
          <li key={team?.slug ?? ''}>
            <span className={classes.name} title={team?.name}>
              {team ? <TeamLink slug={team.slug} name={team.name} /> : 'No team'}
            </span>
            <Share answered={answered} open={open} overdue={overdue} unanswered={unanswered} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const shownOf = (rows: number) => (rows > shownMax ? `The ${shownMax} with most to do` : null)

interface ShareProps {
  answered: number
  open: number
  overdue: number
  /** Over before anybody answered. */
  unanswered: number
}

function Share({ answered, open, overdue, unanswered }: ShareProps) {
  const all = answered + open + unanswered
  return (
    <>
      <span className={classes.count}>
        {number(answered)} answered, {number(open)} open
        {unanswered > 0 && `, ${number(unanswered)} not answered`}
        {overdue > 0 && <span className={classes.late}>, {number(overdue)} overdue</span>}
      </span>
      <span className={classes.bar} aria-hidden>
        {all > 0 && <i data-part="answered" style={{ width: `${(answered / all) * 100}%` }} />}
      </span>
    </>
  )
}
