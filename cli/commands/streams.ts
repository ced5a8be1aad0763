import { type Command, InvalidArgumentError, Option } from 'commander'
import type { InputOf, OutputOf } from '@/lib/http/client'
import { exitCodes, usageFailure } from '../failure'
import { readFiles } from '../files'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns } from '../render/table'
import { connect, once } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Target = InputOf<'streams.create'>['target']
type Stream = OutputOf<'streams.list'>['rows'][number]

/** `streams`: where events are sent on to. */
export const addCommand: AddCommand = (program, terminal, end) => {
  const streams = program.command('streams').description('Event streams: where events are sent on to, in OCSF.')
  addListing(streams, terminal)
  addAdding(streams, terminal)
  for (const [name, paused, description] of [
    ['pause', true, 'Send nothing for a while; what happens meanwhile is kept.'],
    ['resume', false, 'Go on where it was paused, or try again now.'],
  ] as const)
    streams
      .command(name)
      .description(description)
      .argument('<stream>', 'its short name')
      .action(async (slug: string) => {
        await (await connect(terminal))('streams.pause', { slug, paused }, once())
        terminal.print(`${slug} is ${paused ? 'paused' : 'resumed'}\n`)
      })
  streams
    .command('remove')
    .description('Send nothing more; what was not delivered is not sent.')
    .argument('<stream>', 'its short name')
    .action(async (slug: string) => {
      await (await connect(terminal))('streams.remove', { slug }, once())
      terminal.print(`${slug} is removed\n`)
    })
  streams
    .command('test')
    .description('Send one test event; ends with 1 when it does not arrive.')
    .argument('<stream>', 'its short name')
    .action(async (slug: string) => {
      const { problem } = await (await connect(terminal))('streams.test', { slug })
      if (problem === null) return terminal.print(`${slug} took a test event\n`)
      terminal.complain(problem)
      end(exitCodes.refused)
    })
}

function addListing(streams: Command, terminal: Terminal): void {
  streams
    .command('list')
    .description('All streams, how far each is behind, and what went wrong.')
    .addOption(formatOption('text', 'json'))
    .action(async (options: { format: string }) => {
      const { rows } = await (await connect(terminal))('streams.list', {})
      if (options.format === 'json') return terminal.print(jsonText(rows))
      const head = ['STREAM', 'KIND', 'STATE', 'BEHIND', 'LAST DELIVERED', 'ERROR']
      terminal.print(rows.length === 0 ? 'No streams.\n' : columns(head, rows.map(rowOf), terminal))
    })
}

const rowOf = ({ slug, kind, paused, error, lag, deliveredAt }: Stream): string[] => [
  slug,
  kind,
  paused ? 'paused' : error === null ? 'running' : 'failing',
  String(lag),
  deliveredAt ?? 'never',
  error ?? '',
]

interface AddOptions {
  name?: string
  url?: string
  body?: 'ndjson' | 'json'
  folder?: string
  host?: string
  port?: number
  tls: boolean
  ca?: string
  format: string
}

function addAdding(streams: Command, terminal: Terminal): void {
  streams
    .command('add')
    .description('Send events on from now: to a webhook (--url), a syslog receiver (--host) or a file (--folder).')
    .argument('<stream>', 'a short name for it')
    .option('--name <name>', 'what people call it')
    .option('--url <url>', 'webhook: its address; the secret is read from PENTARCH_STREAM_SECRET')
    .addOption(new Option('--body <body>', 'webhook: one event a line, or one array').choices(['ndjson', 'json']))
    .option('--host <host>', 'syslog: its name or address')
    .option('--port <port>', 'syslog: its port', portOf, 6514)
    .option('--no-tls', 'syslog: without encryption')
    .option('--ca <file>', 'syslog: certificates (PEM) to trust')
    .option('--folder <folder>', "file: a folder below the server's folder for streams")
    .addOption(formatOption('text', 'json'))
    .action(async (slug: string, options: AddOptions) => {
      const target = await targetOf(options, terminal)
      const secret = target.kind === 'webhook' ? terminal.env.PENTARCH_STREAM_SECRET : undefined
      if (target.kind === 'webhook' && !secret)
        throw usageFailure('A webhook needs a secret to sign its messages with.', 'Set PENTARCH_STREAM_SECRET.')
      const input = { slug, name: options.name ?? slug, target, ...(secret && { secret }) }
      const added = await (await connect(terminal))('streams.create', input, once())
      terminal.print(options.format === 'json' ? jsonText(added) : `${added.slug} is added\n`)
    })
}

async function targetOf(
  { url, body, host, port, tls, ca, folder }: AddOptions,
  { folder: here }: Terminal,
): Promise<Target> {
  if ([url, host, folder].filter((given) => given !== undefined).length !== 1)
    throw usageFailure('Say where events go.', 'Use one of --url, --host and --folder.')
  if (url !== undefined) return { kind: 'webhook', url, ...(body && { body }) }
  if (folder !== undefined) return { kind: 'file', folder }
  const [file] = ca === undefined ? [] : await readFiles(here, [ca], () => false)
  return {
    kind: 'syslog',
    host: host ?? '',
    port: port ?? 6514,
    tls,
    ...(file && { ca: new TextDecoder().decode(file.bytes) }),
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number from 1 to 65535.')
}
