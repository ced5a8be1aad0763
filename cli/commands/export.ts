import { Argument, Option } from 'commander'
import { csvLine } from '@/lib/exporters/csv'
import type { Api, OutputOf } from '@/lib/http/client'
import { usageFailure } from '../failure'
import { jsonArray, writeParts } from '../output'
import { connect } from '../server'
import type { AddCommand } from '.'

/** What can be exported, and how; the first format is taken when none is named. */
const kinds = { estate: ['yaml', 'json'], certifications: ['csv', 'json'] } as const
type Kind = keyof typeof kinds
/** Promised to scripts, and not kept by this version. */
const kindsToCome = ['matrix', 'gaps', 'assignments', 'audit']
const formats = ['yaml', 'json', 'csv'] as const
type Format = (typeof formats)[number]

const isKind = (kind: string): kind is Kind => Object.hasOwn(kinds, kind)

/** `export KIND`: written part by part however much there is. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('export')
    .description('Write the registry as an estate file, which imports back to no change, or all certifications.')
    .addArgument(new Argument('<kind>', 'what to export').choices([...Object.keys(kinds), ...kindsToCome]))
    .option('-o, --output <file>', 'write here instead of to the terminal')
    .addOption(new Option('--format <format>', 'estate: yaml, json; certifications: csv, json').choices(formats))
    .action(async (kind: string, options: { output?: string; format?: Format }) => {
      if (!isKind(kind))
        throw usageFailure(`Exporting ${kind} is not available yet.`, 'Use "list" with --format json or csv.')
      const format = formatFor(kind, options.format)
      const api = await connect(terminal)
      const parts = kind === 'estate' ? estate(api, format === 'json' ? 'json' : 'yaml') : certifications(api, format)
      await writeParts(parts, options.output, terminal)
    })
}

function formatFor(kind: Kind, format: Format | undefined): Format {
  if (format === undefined) return kinds[kind][0]
  if (kinds[kind].some((each) => each === format)) return format
  throw usageFailure(`${kind} cannot be written as ${format}.`, `Use ${kinds[kind].join(' or ')}.`)
}

async function* estate(api: Api, format: 'yaml' | 'json'): AsyncGenerator<string> {
  let cursor: string | null = null
  do {
    const part: { text: string; next: string | null } = await api('estate.export', {
      format,
      ...(cursor !== null && { cursor }),
    })
    yield part.text
    cursor = part.next
  } while (cursor !== null)
}

type Certification = OutputOf<'certifications.list'>['rows'][number]

const certificationColumns = {
  kind: 'kind',
  subject: 'subject',
  agent: 'agent',
  tool: 'tool',
  layer: 'layer',
  team: 'team',
  risk: 'risk',
  state: 'state',
  standing: 'standing',
  certified_at: 'certifiedAt',
  certified_by: 'certifiedBy',
  certified_until: 'certifiedUntil',
  lost_at: 'lostAt',
  campaign: 'campaign',
  outcome: 'outcome',
  item: 'item',
  unanswered_at: 'unansweredAt',
} as const satisfies Record<string, keyof Certification>

const rowsPerPage = 200

async function* certificationPages(api: Api): AsyncGenerator<Certification[]> {
  let cursor: string | null = null
  do {
    const page: OutputOf<'certifications.list'> = await api('certifications.list', {
      limit: rowsPerPage,
      ...(cursor !== null && { cursor }),
    })
    yield page.rows
    cursor = page.next
  } while (cursor !== null)
}

async function* certifications(api: Api, format: Format): AsyncGenerator<string> {
  const pages = certificationPages(api)
  if (format === 'json') return yield* jsonArray(pages)
  const fields = Object.values(certificationColumns)
  yield csvLine(Object.keys(certificationColumns))
  for await (const rows of pages)
    yield rows.map((row) => csvLine(fields.map((field) => String(row[field] ?? '')))).join('')
}
