import type { OutputOf } from '@/lib/http/client'
import type { EndingAct } from '@/lib/recertification/stages/model'
import { columns, oneLine } from '../render/table'
import type { Terminal } from '../terminal'

type Preview = OutputOf<'campaigns.endPreview'>

const acts: Record<EndingAct, string> = { end_stage: 'Ending the stage', close: 'Closing', stop: 'Stopping' }
const subjectsShown = 5

/** What ending something of a campaign would change, for people. */
export function previewText(act: EndingAct, slug: string, preview: Preview, terminal: Terminal): string {
  const { can, leadsTo, challengeUntil, fates, changes } = preview
  const head = `${acts[act]}: ${slug} becomes ${leadsTo}${challengeUntil ? `, revocations may be contested until ${challengeUntil}` : ''}.`
  const table = columns(
    ['ITEMS', 'BECOME', 'UNANSWERED', 'SUCH AS'],
    fates.map(({ fate, items, unanswered, first }) => [
      items.toLocaleString('en'),
      fate.replaceAll('_', ' '),
      unanswered.toLocaleString('en'),
      first
        .slice(0, subjectsShown)
        .map(({ subject }) => subject)
        .join(', '),
    ]),
    terminal,
  )
  const sentences = changes.map((change) => `- ${oneLine(change)}\n`).join('')
  return `${head}\n${fates.length > 0 ? `\n${table}` : ''}${sentences}${can === true ? '' : `\nNot possible now: ${can}\n`}`
}
