import { Option } from 'commander'
import { comparedKinds } from '@/lib/history/compare/kinds'
import type { Api, OutputOf } from '@/lib/http/client'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns } from '../render/table'
import { connect } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Comparison = OutputOf<'history.compare'>
type Change = OutputOf<'history.changes'>['rows'][number]
type Kind = Change['kind']

interface CompareOptions {
  from: string
  to?: string
  kind?: Kind
  format: string
}

const rowsPerPage = 200

/** `compare`: what of the estate differs between two instants. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('compare')
    .description('What differs between two instants: how much of each kind, or with --kind each difference of one.')
    .requiredOption('--from <instant>', 'the earlier instant: 2026-03-03T14:00:00Z, or 2026-03-03 for its end in UTC')
    .option('--to <instant>', 'the later instant; now unless given')
    .addOption(new Option('--kind <kind>', 'list what differs of this kind').choices([...comparedKinds]))
    .addOption(formatOption('table', 'json'))
    .action(async ({ kind, format, ...asked }: CompareOptions) => {
      const api = await connect(terminal)
      const comparison = await api('history.compare', asked)
      const { from, to } = comparison
      if (kind === undefined) {
        terminal.print(format === 'json' ? jsonText(comparison) : countTable(comparison, terminal))
        return
      }
      const changes = await changesOf(api, { from, to, kind })
      terminal.print(format === 'json' ? jsonText({ from, to, kind, changes }) : changeTable(changes, terminal))
    })
}

async function changesOf(api: Api, asked: { from: string; to: string; kind: Kind }): Promise<Change[]> {
  const changes: Change[] = []
  let cursor: string | null = null
  do {
    const page: OutputOf<'history.changes'> = await api('history.changes', {
      ...asked,
      limit: rowsPerPage,
      ...(cursor && { cursor }),
    })
    changes.push(...page.rows)
    cursor = page.next
  } while (cursor !== null)
  return changes
}

const nothing = 'Nothing differs between these instants.\n'

function countTable({ counts }: Comparison, terminal: Terminal): string {
  if (counts.length === 0) return nothing
  const rows = counts.map(({ kind, how, count }) => [kind, how, count.toLocaleString('en')])
  return columns(['KIND', 'HOW', 'COUNT'], rows, terminal)
}

function changeTable(changes: readonly Change[], terminal: Terminal): string {
  if (changes.length === 0) return nothing
  return columns(
    ['HOW', 'THING', 'LAYER', 'WHAT'],
    changes.map((change) => [change.how, change.thing.slug, change.thing.layer ?? '-', whatOf(change)]),
    terminal,
  )
}

/** The fields that differ of what is there at both instants: `state active → revoked`. */
function whatOf({ before, after }: Change): string {
  if (before === null || after === null) return '-'
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  return Object.keys(after)
    .map((field) => `${field} ${text(before[field])} → ${text(after[field])}`)
    .join(', ')
}
