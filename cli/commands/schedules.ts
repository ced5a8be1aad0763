import { type Command, Option } from 'commander'
import { type ExportFormat, type ExportKind, exportFormats, exportKinds } from '@/lib/exporters/names'
import { intervals } from '@/lib/exporters/schedules/plan'
import type { InputOf, OutputOf } from '@/lib/http/client'
import { dayIn } from '@/lib/time/calendar'
import { usageFailure } from '../failure'
import { collectFilter } from '../filters'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns } from '../render/table'
import { connect, once } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Input = InputOf<'exportSchedules.create'>
type Run = OutputOf<'exportSchedules.runs'>['rows'][number]

/** `schedules`: exports that are made again and again. */
export const addCommand: AddCommand = (program, terminal) => {
  const schedules = program.command('schedules').description('Scheduled exports: to a folder or a bucket.')
  addShowing(schedules, terminal)
  addAdding(schedules, terminal)
  addActing(schedules, terminal)
}

function addShowing(schedules: Command, terminal: Terminal): void {
  schedules
    .command('list')
    .description('What goes where and when, and how the last run went.')
    .addOption(formatOption('text', 'json'))
    .action(async (options: { format: string }) => {
      const { rows } = await (await connect(terminal))('exportSchedules.list', {})
      if (options.format === 'json') return terminal.print(jsonText(rows))
      const lines = rows.map(({ slug, view, paused, nextAt, last }) => [
        slug,
        `${view.kind} ${view.format}`,
        paused ? 'paused' : nextAt,
        last === null ? 'never' : last.state,
        last?.problem ?? last?.place ?? '',
      ])
      const head = ['EXPORT', 'WHAT', 'NEXT', 'LAST', 'OUTCOME']
      terminal.print(lines.length === 0 ? 'No scheduled exports.\n' : columns(head, lines, terminal))
    })
  schedules
    .command('runs')
    .description('How the runs of a scheduled export went, newest first.')
    .argument('<export>', 'its short name')
    .addOption(formatOption('text', 'json'))
    .action(async (slug: string, options: { format: string }) => {
      const { rows } = await (await connect(terminal))('exportSchedules.runs', { slug })
      if (options.format === 'json') return terminal.print(jsonText(rows))
      const head = ['DUE', 'STATE', 'ROWS', 'OUTCOME']
      terminal.print(rows.length === 0 ? 'No runs yet.\n' : columns(head, rows.map(lineOf), terminal))
    })
}

const lineOf = ({ dueAt, state, rows, problem, place }: Run): string[] => [
  dueAt,
  state,
  rows === null ? '' : String(rows),
  problem ?? place ?? '',
]

interface AddOptions {
  name?: string
  kind: ExportKind
  exportFormat: ExportFormat
  filter: Record<string, string>
  every: Input['plan']['every']
  first?: string
  at: string
  timeZone: string
  folder?: string
  endpoint?: string
  bucket?: string
  prefix?: string
  region?: string
  accessKeyId?: string
  note?: string
}

function addAdding(schedules: Command, terminal: Terminal): void {
  schedules
    .command('add')
    .description('Have an export made again and again.')
    .argument('<export>', 'a short name for it; begins the names of its files')
    .option('--name <name>', 'what people call it')
    .addOption(new Option('--kind <kind>', 'what').choices(exportKinds).makeOptionMandatory())
    .addOption(new Option('--export-format <format>', 'as what').choices(exportFormats).default('csv'))
    .option('--filter <key=value>', 'narrow it, as its list does; may be repeated', collectFilter, {})
    .addOption(new Option('--every <interval>', 'how often').choices(intervals).default('day'))
    .option('--first <date>', 'its first day; today when absent')
    .requiredOption('--at <time>', 'the time of day, such as 06:30')
    .option('--time-zone <zone>', 'where that time is', 'UTC')
    .option('--folder <folder>', "to a folder below the server's folder for exports")
    .option('--endpoint <url>', 'to a bucket: the address of its service')
    .option('--bucket <name>', 'to a bucket: its name; the secret is read from PENTARCH_BUCKET_SECRET')
    .option('--prefix <prefix>', 'to a bucket: folders in it, such as evidence/')
    .option('--region <region>', 'to a bucket: its region')
    .option('--access-key-id <id>', 'to a bucket: the id of the access key')
    .option('--note <text>', 'how long the files are kept there, and why')
    .action(async (slug: string, options: AddOptions) => {
      const api = await connect(terminal)
      const added = await api('exportSchedules.create', inputOf(slug, options, terminal), once())
      terminal.print(`${added.slug} is made next at ${added.nextAt}\n`)
    })
}

function inputOf(slug: string, options: AddOptions, { env, now }: Terminal): Input {
  const { name = slug, kind, exportFormat, filter, every, at: time, timeZone, folder, note } = options
  const { endpoint, bucket, prefix, region, accessKeyId, first = dayIn(now(), timeZone) } = options
  const common = {
    slug,
    name,
    view: { kind, format: exportFormat, filter },
    plan: { every, first, time, timeZone },
    ...(note && { note }),
  }
  if (folder !== undefined && bucket === undefined) return { ...common, destination: { kind: 'folder', folder } }
  const secretAccessKey = env.PENTARCH_BUCKET_SECRET
  if (folder !== undefined || !endpoint || !bucket || !accessKeyId)
    throw usageFailure('Say where it goes.', 'Use --folder, or --endpoint, --bucket and --access-key-id.')
  if (!secretAccessKey) throw usageFailure('A bucket needs a secret access key.', 'Set PENTARCH_BUCKET_SECRET.')
  const place = { kind: 'bucket' as const, endpoint, bucket, accessKeyId }
  return { ...common, destination: { ...place, ...(prefix && { prefix }), ...(region && { region }) }, secretAccessKey }
}

function addActing(schedules: Command, terminal: Terminal): void {
  for (const [name, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const)
    schedules
      .command(name)
      .description(paused ? 'Make it no more for a while.' : 'Go on with its next time.')
      .argument('<export>', 'its short name')
      .action(async (slug: string) => {
        await (await connect(terminal))('exportSchedules.pause', { slug, paused }, once())
        terminal.print(`${slug} is ${paused ? 'paused' : 'resumed'}\n`)
      })
  schedules
    .command('run')
    .description('Make it now, besides its times.')
    .argument('<export>', 'its short name')
    .action(async (slug: string) => {
      await (await connect(terminal))('exportSchedules.run', { slug }, once())
      terminal.print(`${slug} is being made\n`)
    })
  schedules
    .command('remove')
    .description('Remove it with the list of its runs; its files stay where they are.')
    .argument('<export>', 'its short name')
    .action(async (slug: string) => {
      await (await connect(terminal))('exportSchedules.remove', { slug }, once())
      terminal.print(`${slug} is removed\n`)
    })
}
