import type { OutputOf } from '@/lib/http/client'
import { type EstateCollection, estateCollections } from '@/lib/importers/estate/model'
import type { Terminal } from '../terminal'
import { columns, oneLine } from './table'

type Report = OutputOf<'imports.preview'>
type Change = Report['changes'][number]

const signs = { create: '+', update: '~', conflict: '!' } as const
const styles = { create: 'green', update: 'yellow', conflict: 'red' } as const
const wordsMax = 60

/** What an import did or would do, for people: each change, then all of it counted. */
export function reportText(report: Report, isApplied: boolean, terminal: Terminal): string {
  const changes = report.changes.map((change) => changeText(change, terminal)).join('')
  const counted = estateCollections.filter((entity) => countsOf(report, entity).some((count) => count > 0))
  const rows = counted.map((entity) => [titleOf(entity), ...countsOf(report, entity).map(String)])
  const table = rows.length > 0 ? columns(['', 'CREATED', 'UPDATED', 'UNCHANGED', 'MISSING'], rows, terminal) : ''
  return [changes, table, `${conclusion(report, isApplied)}\n`].filter(Boolean).join('\n')
}

const countsOf = ({ created, updated, unchanged, missing }: Report, entity: EstateCollection) => [
  created[entity],
  updated[entity],
  unchanged[entity],
  missing[entity],
]

/** `enforcementPoints` → `enforcement points`. */
const titleOf = (entity: EstateCollection) => entity.replace(/([A-Z])/g, ' $1').toLowerCase()

function changeText({ action, entity, key, fields }: Change, terminal: Terminal): string {
  const name = terminal.style(styles[action], `${signs[action]} ${titleOf(entity)} ${oneLine(key)}`)
  if (action === 'create') return `${name}\n`
  const edits = fields.map(({ field, from, to }) => `    ${field}: ${words(from)} → ${words(to)}\n`)
  return `${name}\n${edits.join('')}`
}

function words(value: Change['fields'][number]['from']): string {
  const text = oneLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'))
  return text.length > wordsMax ? `${text.slice(0, wordsMax)}…` : text
}

function conclusion({ errors, created, updated }: Report, isApplied: boolean): string {
  if (errors.length > 0) return 'Nothing was imported: mend the errors first.'
  if (isApplied) return 'Imported.'
  const isChange = [created, updated].some((counts) => Object.values(counts).some((count) => count > 0))
  return isChange ? 'Nothing is written yet; add --apply to import it.' : 'There is nothing to change.'
}
