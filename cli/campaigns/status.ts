import type { OutputOf } from '@/lib/http/client'
import { stateTitles } from '@/lib/recertification/report/words'
import { columns, oneLine } from '../render/table'
import type { Terminal } from '../terminal'

type Campaign = OutputOf<'campaigns.get'>
type Progress = OutputOf<'campaigns.progress'>

const count = (number: number) => number.toLocaleString('en')
const peopleShown = 15

/** Where a campaign stands, for people. */
export function statusText(campaign: Campaign, progress: Progress, terminal: Terminal): string {
  const { name, slug, state, kind, stage, stages, dueOn, trouble, progress: items, outcomes } = campaign
  const answered = items.items === 0 ? 0 : Math.round((100 * items.answered) / items.items)
  const late = progress.people.rows.filter(({ open }) => open > 0)
  const lines = [
    terminal.style('bold', oneLine(name)),
    `${slug} · ${kind} · ${stateTitles[state].toLowerCase()}${stage > 0 ? ` · stage ${stage} of ${stages}` : ''}${dueOn ? ` · due ${dueOn}` : ''}`,
    `${count(items.items)} items · ${count(items.answered)} answered (${answered} %) · ${count(items.open)} open`,
    `certify ${count(outcomes.certify)} · reassign ${count(outcomes.reassign)} · revoke ${count(outcomes.revoke)} · no response ${count(outcomes.no_response)}`,
    ...(trouble ? [terminal.style('red', oneLine(trouble))] : []),
    ...forecastLines(progress),
  ]
  const stageTable = columns(
    ['STAGE', 'STATE', 'DUE', 'ITEMS', 'ANSWERED', 'OPEN', 'OVERDUE'],
    progress.stages.map((each) => [
      `${each.number} ${each.name}`,
      each.state,
      each.dueOn ?? '-',
      count(each.asked),
      count(each.answered),
      count(each.open),
      count(each.overdue),
    ]),
    terminal,
  )
  const people = columns(
    ['STILL ASKED', 'OPEN', 'OVERDUE', 'ANSWERED'],
    late
      .slice(0, peopleShown)
      .map(({ person, open, overdue, answered: done }) => [person.name, count(open), count(overdue), count(done)]),
    terminal,
  )
  return `${lines.join('\n')}\n\n${stageTable}${late.length > 0 ? `\n${people}` : ''}`
}

function forecastLines({ forecast }: Progress): string[] {
  if (!forecast) return []
  const end = forecast.allAnsweredOn ? `all answered on ${forecast.allAnsweredOn}` : 'never all answered'
  const missing = forecast.missing > 0 ? `, ${count(forecast.missing)} missing when it is due` : ''
  return [`at ${forecast.perDay.toFixed(1)} answers a day: ${end}${missing}`]
}
