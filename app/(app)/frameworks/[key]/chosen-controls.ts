import { type ControlRow, controlVerdicts } from '@/lib/standards/model'
import { one, type SearchParams } from '../../list-query'

/** The controls that an address asks for: of these verdicts, with this text in their id, title or summary. */
export function chosenControls(controls: readonly ControlRow[], params: SearchParams): ControlRow[] {
  const named = new Set(one(params, 'verdict')?.split(','))
  const verdicts = controlVerdicts.filter((verdict) => named.has(verdict))
  const text = one(params, 'text')?.toLowerCase() ?? ''
  return controls.filter(
    ({ id, title, summary, verdict }) =>
      (verdicts.length === 0 || verdicts.includes(verdict)) && `${id} ${title} ${summary}`.toLowerCase().includes(text),
  )
}
