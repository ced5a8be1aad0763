import { setTimeout as pause } from 'node:timers/promises'
import { Option } from 'commander'
import { deedOf, isWhole } from '@/lib/audit/deeds'
import { doors } from '@/lib/audit/model'
import type { Api, OutputOf } from '@/lib/http/client'
import { usageFailure } from '../failure'
import { formatOption } from '../render/format'
import { columns } from '../render/table'
import { connect } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Event = OutputOf<'audit.list'>['rows'][number]

const rowsMax = 200
const everyMs = 2_000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface AuditOptions {
  actor?: string
  action?: string
  about?: string
  door?: string
  since?: string
  limit: string
  follow?: boolean
  format: string
}

/** `audit`: who changed what, newest last as in a log file; with --follow it goes on as changes come. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('audit')
    .description('The newest changes: who did what, when, why and through which door.')
    .option('--actor <name>', 'of this account, by a part of its name or its id, or of a part of Pentarch itself')
    .option('--action <actions>', 'such as assignments.create, or assignments.* for a group; several with commas')
    .option('--about <thing>', 'of a thing and what belongs to it, such as agent:claims-payer')
    .addOption(new Option('--door <door>', 'through which door it came').choices([...doors]))
    .option('--since <instant>', 'from this day or instant on, such as 2026-11-01')
    .option('--limit <rows>', `how many at first, at most ${rowsMax}`, '50')
    .option('--follow', 'stay, and print what comes')
    .addOption(formatOption('table', 'json'))
    .action(async (options: AuditOptions) => {
      const api = await connect(terminal)
      await printAudit(api, options, terminal)
    })
}

async function printAudit(api: Api, options: AuditOptions, terminal: Terminal): Promise<void> {
  const { action, about, door, since, format } = options
  const limit = Number(options.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > rowsMax)
    throw usageFailure(`--limit takes a number from 1 to ${rowsMax}.`, 'Narrow by --since or --about for less.')
  const actor = options.actor === undefined ? undefined : await actorCalled(api, options.actor)
  const filter = {
    ...(actor && { actor }),
    ...(action && { action }),
    ...(about && { about }),
    ...(door && { door }),
    ...(since && { from: instantOf(since) }),
  }
  const first = (await api('audit.list', { ...filter, limit })).rows.toReversed()
  terminal.print(rendered(first, format, terminal))
  if (!options.follow) return
  // What is recorded from now on; without a first row, from where the log stands.
  let after = Math.max(0, ...first.map(({ sequence }) => sequence))
  if (first.length === 0) after = (await api('audit.list', { limit: 1 })).rows[0]?.sequence ?? 0
  while (true) {
    await pause(everyMs)
    const rows = (await api('audit.list', { ...filter, after, limit: rowsMax })).rows.toReversed()
    after = Math.max(after, ...rows.map(({ sequence }) => sequence))
    if (rows.length > 0) terminal.print(rendered(rows, format, terminal))
  }
}

/** The account that is meant; a name of no account is that of a part of Pentarch itself. */
async function actorCalled(api: Api, name: string): Promise<string> {
  if (uuid.test(name)) return name
  const { rows } = await api('audit.actors', { q: name })
  const [only] = rows
  if (rows.length > 1) {
    const names = rows.map((account) => `${account.name} (${account.id})`).join(', ')
    throw usageFailure(`--actor: ${name} may be ${names}.`, 'Give the id, or more of the name.')
  }
  return only?.id ?? name
}

function instantOf(text: string): string {
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime()))
    throw usageFailure(`--since: ${text} is no day or instant.`, 'Write it as 2026-11-01 or 2026-11-01T09:00:00Z.')
  return instant.toISOString()
}

function rendered(rows: readonly Event[], format: string, terminal: Terminal): string {
  // One event a line, so that a stream of them can be read as it comes.
  if (format === 'json') return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  return columns(
    ['WHEN', 'WHO', 'WHAT', 'DOOR', 'WHY'],
    rows.map((row) => [
      row.at.slice(0, 19).replace('T', ' '),
      row.actor.name,
      isWhole(row.action) && row.change === 0 ? deedOf(row.action) : `${deedOf(row.action)} ${nameOf(row)}`,
      row.door ?? '-',
      row.reason ?? '-',
    ]),
    terminal,
  )
}

const nameOf = ({ subject }: Event) => subject.name ?? `${subject.type} ${subject.id}`
