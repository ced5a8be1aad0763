import { z } from 'zod'
import { bounded, boundedOf, instantSchema, isoOf, personRefSchema } from '@/lib/registry/shapes'
import { policyOf } from '@/lib/settings/store'
import { dayIn, endOfDay } from '@/lib/time/calendar'
import { defineQuery } from '@/lib/use-cases/define'
import { getCampaign } from '../campaign-store'
import { outcomes } from '../model'
import { forecast } from './forecast'
import { answersByDay, stageFunnel } from './funnel'
import { outcomesOf, progressOf } from './progress'
import {
  type CountedPerson,
  type CountedTeam,
  countedDecisions,
  countedItems,
  countedPeople,
  countedTeams,
  countWithoutReviewer,
} from './progress-store'
import { stagesOf } from './relatives-store'
import { namedSchema, slugInput } from './shapes'

const count = z.number().int()
const daySchema = z.iso.date()

const progressOutput = z.object({
  stages: z.array(
    z.object({
      number: count,
      name: z.string(),
      state: z.enum(['ahead', 'running', 'over']),
      dueOn: daySchema.nullable(),
      asked: count,
      open: count,
      overdue: count.describe('Open although the due day is over'),
      withoutReviewer: count.describe('Open, and nobody is asked; at most 1,001'),
      answered: count,
      byAnswer: z.object({ certify: count, reassign: count, revoke: count }),
      unanswered: count,
      withdrawn: count,
    }),
  ),
  teams: boundedOf(
    z.object({
      team: namedSchema.nullable().describe('Null for what belongs to nobody, or to a team that is gone'),
      items: count,
      open: count,
      overdue: count,
      answered: count,
      unanswered: count,
      outcomes: z.record(z.enum(outcomes), count),
    }),
  ),
  people: boundedOf(
    z.object({
      person: personRefSchema,
      open: count,
      overdue: count,
      answered: count,
      passedOn: count,
      lapsed: count.describe('Over before they answered'),
      lastDecidedAt: instantSchema.nullable(),
    }),
  ),
  days: z
    .array(z.object({ day: daySchema, certify: count, reassign: count, revoke: count, answers: count }))
    .describe('Answers by day in UTC, without those taken back'),
  forecast: z
    .object({
      perDay: z.number().describe('Answers a day, over the last week or since the stage began'),
      allAnsweredOn: daySchema.nullable().describe('When everything is answered at that pace; null for never'),
      missing: count.describe('How many will not be answered when the due day is over'),
    })
    .nullable()
    .describe('Where the running stage ends up at its present pace'),
})
export type CampaignProgress = z.infer<typeof progressOutput>

const teamRow = ({ team, counts }: CountedTeam, isLate: boolean) => {
  const items = counts.reduce((sum, counted) => sum + counted.items, 0)
  const { open, answered, unanswered } = progressOf(counts, { items, itemsReady: items })
  return { team, items, open, overdue: isLate ? open : 0, answered, unanswered, outcomes: outcomesOf(counts) }
}

/** Each has until midnight where they are. */
function personRow(
  { person, timeZone, counts, lastDecidedAt }: CountedPerson,
  isLateIn: (zone: string | null) => boolean,
) {
  const { open = 0, answered = 0, passed_on: passedOn = 0, lapsed = 0 } = counts
  const overdue = isLateIn(timeZone) ? open : 0
  return { person, open, overdue, answered, passedOn, lapsed, lastDecidedAt: isoOf(lastDecidedAt) }
}

const campaignProgress = defineQuery({
  name: 'campaigns.progress',
  summary: 'How far a campaign is: by stage, team, person and day, and where it ends up at this pace',
  method: 'GET',
  path: '/campaigns/{slug}/progress',
  input: slugInput,
  output: progressOutput,
  async handler({ db, now }, { slug }) {
    const campaign = await getCampaign(db, slug)
    const { id, definition, stage, state } = campaign
    const isRunning = state === 'running'
    const [items, decisions, teams, people, begun, policy, withoutReviewer] = await Promise.all([
      countedItems(db, id),
      countedDecisions(db, id),
      countedTeams(db, id),
      countedPeople(db, id),
      stagesOf(db, id),
      policyOf(db),
      isRunning ? countWithoutReviewer(db, id, stage) : 0,
    ])
    const { timeZone } = policy.reviews
    const present = isRunning ? begun.find(({ number }) => number === stage) : undefined
    const dueOn = present?.dueOn.toISOString().slice(0, 10)
    const isLateIn = (zone: string | null) => dueOn !== undefined && endOfDay(dueOn, zone ?? timeZone) <= now
    const days = answersByDay(decisions)
    const stages = definition.stages.map(({ name }, index) => {
      const number = index + 1
      const run = begun.find((each) => each.number === number)
      const funnel = stageFunnel(number, items, decisions)
      const isPresent = present !== undefined && number === stage
      return {
        ...{ number, name, ...funnel, dueOn: run?.dueOn.toISOString().slice(0, 10) ?? null },
        state: isPresent ? ('running' as const) : run ? ('over' as const) : ('ahead' as const),
        overdue: isPresent && isLateIn(null) ? funnel.open : 0,
        withoutReviewer: isPresent ? withoutReviewer : 0,
      }
    })
    const open = stages.find(({ number }) => number === stage)?.open ?? 0
    return {
      stages,
      teams: bounded(teams.map((team) => teamRow(team, isLateIn(null)))),
      people: bounded(people.map((person) => personRow(person, isLateIn))),
      days,
      forecast:
        present && dueOn !== undefined
          ? forecast({
              open,
              days: answersByDay(decisions.filter((counted) => counted.stage === stage)),
              startedOn: dayIn(present.startedAt, 'UTC'),
              today: dayIn(now, 'UTC'),
              dueOn,
            })
          : null,
    }
  },
})

export const campaignProgressUseCases = { 'campaigns.progress': campaignProgress }
