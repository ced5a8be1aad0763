import { Argument, Option } from 'commander'
import { type ExportFormat, exportFormats, exportKinds } from '@/lib/exporters/names'
import { type Api, ApiProblem } from '@/lib/http/client'
import { queryString, urls } from '@/lib/urls'
import { usageFailure } from '../failure'
import { fetchExport, fetchFile, type WantedFile } from '../fetch-export'
import { collectFilter } from '../filters'
import { writeParts } from '../output'
import { connect } from '../server'
import type { AddCommand } from '.'

const estateFormats = ['yaml', 'json'] as const
type Format = ExportFormat | (typeof estateFormats)[number]
/** What is no text, and so no sight for a terminal. */
const binary: readonly Format[] = ['xlsx', 'pdf']

interface Options {
  output?: string
  format?: Format
  filter: Record<string, string>
  sort?: string
  columns?: string
  raw?: true
  asOf?: string
}

/** `export KIND`: written as it comes, however much there is. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('export')
    .description(
      'Write a whole population or list to a file; "estate" is the registry as an estate file, which imports back, "workbook" all of them as Excel, a sheet each.',
    )
    .addArgument(new Argument('<kind>', 'what to export').choices(['estate', 'workbook', ...exportKinds]))
    .option('-o, --output <file>', 'write here instead of to the terminal')
    .addOption(
      new Option('--format <format>', 'estate: yaml, json; all else csv when absent').choices([
        ...new Set([...exportFormats, ...estateFormats]),
      ]),
    )
    .option('--filter <key=value>', 'narrow it, as its list does; may be repeated', collectFilter, {})
    .option('--sort <order>', 'by key when absent')
    .option('--columns <ids>', 'only these columns, separated by commas')
    .option('--raw', 'CSV for machines: leave cells as they are that look like formulas')
    .option('--as-of <instant>', 'as it was then: 2026-03-03T14:00:00Z, or 2026-03-03 for the end of that day in UTC')
    .action(async (kind: string, options: Options) => {
      if (kind === 'estate')
        await exportEstate(await connect(terminal), options, (parts) => writeParts(parts, options.output, terminal))
      else if (kind === 'workbook') await writeParts(workbook(options), options.output, terminal)
      else await writeParts(fileOf(kind, options), options.output, terminal)
    })

  async function* workbook({ output, asOf, ...rest }: Options) {
    if (output === undefined) throw usageFailure('A workbook is nothing to read on a terminal.', 'Name a file with -o.')
    const { filter, ...narrowing } = rest
    if (Object.keys(filter).length + Object.keys(narrowing).length > 0)
      throw usageFailure('A workbook is all there is, in Excel.', 'Export a kind by itself to narrow or order it.')
    yield* fetchFile(terminal, `${urls.exportWorkbook()}${queryString({ as_of: asOf })}`)
  }

  async function* fileOf(kind: string, { output, ...options }: Options) {
    const { format = 'csv' } = options
    if (!exportFormats.some((known) => known === format)) {
      throw usageFailure(`${kind} cannot be written as ${format}.`, `Use ${exportFormats.join(', ')}.`)
    }
    if (output === undefined && binary.includes(format)) {
      throw usageFailure(`${format} is nothing to read on a terminal.`, 'Name a file with -o.')
    }
    const wanted: WantedFile = { kind, ...options, format }
    try {
      yield* fetchExport(terminal, wanted)
    } catch (error) {
      // All that this command sends as input comes from its options.
      if (!(error instanceof ApiProblem) || error.problem.code !== 'invalid_input') throw error
      throw usageFailure(error.problem.detail, 'The filters and columns of each kind are in the API reference.')
    }
  }
}

async function exportEstate(
  api: Api,
  { format = 'yaml' }: Options,
  write: (parts: AsyncIterable<string>) => Promise<void>,
) {
  const estateFormat = estateFormats.find((known) => known === format)
  if (!estateFormat) throw usageFailure(`estate cannot be written as ${format}.`, `Use ${estateFormats.join(' or ')}.`)
  await write(estateParts(api, estateFormat))
}

async function* estateParts(api: Api, format: 'yaml' | 'json'): AsyncGenerator<string> {
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
