import { Argument } from 'commander'
import { csv } from '@/lib/exporters/csv'
import { asOfParameter } from '@/lib/history/model'
import { ApiProblem, type OperationName } from '@/lib/http/client'
import { withAsOf } from '../as-of'
import { usageFailure } from '../failure'
import { collectFilter } from '../filters'
import { allRows, type Row } from '../pages'
import { flatten } from '../render/flatten'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns } from '../render/table'
import { connectUntyped } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

/** What can be listed: the operation that has it, and the columns that people see of it. */
const lists = {
  people: {
    operation: 'people.list',
    shown: ['externalId', 'name', 'email', 'status', 'manager.externalId', 'teams', 'openGaps'],
  },
  teams: { operation: 'teams.list', shown: ['slug', 'name', 'function', 'status', 'leads', 'ownedCells', 'openGaps'] },
  agents: {
    operation: 'agents.list',
    shown: ['slug', 'name', 'lifecycle', 'autonomy', 'environment', 'sponsor.externalId', 'bindings', 'openGaps'],
  },
  tools: {
    operation: 'tools.list',
    shown: ['slug', 'name', 'kind', 'classification', 'application.slug', 'bindings', 'openGaps'],
  },
  bindings: { operation: 'bindings.list', shown: ['slug', 'state', 'risk', 'decisionMode', 'certifiedAt', 'openGaps'] },
  assignments: {
    operation: 'assignments.list',
    shown: ['name', 'team.slug', 'person.externalId', 'state', 'credible', 'validFrom', 'supplies'],
  },
  gaps: {
    operation: 'gaps.list',
    shown: ['severity', 'rule', 'layer', 'subject.type', 'subject.slug', 'state', 'affected', 'since'],
  },
  'enforcement-points': {
    operation: 'points.list',
    shown: ['slug', 'name', 'kind', 'team.slug', 'independentPrivileges', 'tools', 'bindings', 'openGaps'],
  },
  contracts: {
    operation: 'contracts.list',
    shown: ['tool.slug', 'version', 'state', 'model', 'author.slug', 'digest', 'points.attested', 'points.enforcing'],
  },
  campaigns: {
    operation: 'campaigns.list',
    shown: [
      'slug',
      'name',
      'kind',
      'state',
      'stage',
      'dueOn',
      'progress.items',
      'progress.open',
      'progress.answered',
      'owner.name',
    ],
  },
} as const satisfies Record<string, { operation: OperationName; shown: readonly string[] }>

type Kind = keyof typeof lists
const kinds = Object.keys(lists)

const isKind = (kind: string): kind is Kind => Object.hasOwn(lists, kind)

/** `list KIND`: everything of a kind, all pages of it. */
export const addCommand: AddCommand = (program, terminal) => {
  withAsOf(program.command('list'))
    .description('List everything of a kind.')
    .addArgument(new Argument('<kind>', 'what to list').choices(kinds))
    .option('--filter <key=value>', 'narrow the list, as the API does; may be repeated', collectFilter, {})
    .addOption(formatOption('table', 'json', 'csv'))
    .action(async (kind: string, options: { filter: Record<string, string>; format: string; asOf?: string }) => {
      if (!isKind(kind)) throw usageFailure(`There is no list of ${kind}.`, `There are ${kinds.join(', ')}.`)
      await printList(kind, options, terminal)
    })
}

interface Wanted {
  filter: Record<string, string>
  format: string
  /** As the API takes it; without it the present. */
  asOf?: string
}

/** Prints all of a kind that the filter leaves. */
export async function printList(kind: Kind, wanted: Wanted, terminal: Terminal): Promise<void> {
  const rows = await rowsOf(kind, wanted, terminal)
  terminal.print(rendered(kind, rows, wanted.format, terminal))
}

async function rowsOf(kind: Kind, { filter, asOf }: Wanted, terminal: Terminal): Promise<Row[]> {
  const api = await connectUntyped(terminal, asOf)
  try {
    return await allRows(api, lists[kind].operation, filter)
  } catch (error) {
    // All else that this command sends as input is the filter.
    if (error instanceof ApiProblem && error.problem.errors.some(({ field }) => field === asOfParameter)) throw error
    if (!(error instanceof ApiProblem) || error.problem.code !== 'invalid_input') throw error
    throw usageFailure(`--filter: ${error.problem.detail}`, 'The filters of each list are in the API reference.')
  }
}

function rendered(kind: Kind, rows: readonly Row[], format: string, terminal: Terminal): string {
  if (format === 'json') return jsonText(rows)
  const flat = flatten(rows)
  if (format === 'csv') {
    return csv(
      flat.columns,
      flat.rows.map((row) => flat.columns.map((column) => row.get(column) ?? '')),
    )
  }
  const { shown } = lists[kind]
  return columns(
    shown.map(titleOf),
    flat.rows.map((row) => shown.map((column) => row.get(column) || '-')),
    terminal,
  )
}

/** `sponsor.externalId` → `SPONSOR`, `subject.slug` → `SUBJECT`, `openGaps` → `OPEN GAPS`. */
function titleOf(column: string): string {
  const words = column === 'externalId' ? 'id' : column.replace(/\.(?:externalId|slug)$/, '')
  return words
    .replace('.', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase()
}
