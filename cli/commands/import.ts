import { Argument } from 'commander'
import { type Api, ApiProblem, type OutputOf } from '@/lib/http/client'
import { estateCollections } from '@/lib/importers/estate/model'
import { type ImportFile, type ImportKind, importKinds } from '@/lib/importers/model'
import { type ExitCode, exitCodes, usageFailure } from '../failure'
import { readFiles } from '../files'
import { formatOption } from '../render/format'
import { reportText } from '../render/import-report'
import { jsonText } from '../render/json'
import { problemLines } from '../render/problems'
import { connect } from '../server'
import type { AddCommand } from '.'

type Report = OutputOf<'imports.preview'>

/** What an importer reads of a folder. */
const wanted: Record<ImportKind, RegExp> = {
  estate: /\.(?:ya?ml|json)$/i,
  a2a: /\.json$/i,
  'mcp-registry': /\.(?:json|jsonl|ndjson)$/i,
  'mcp-tools': /\.(?:json|jsonl|ndjson)$/i,
  backstage: /\.ya?ml$/i,
  csv: /\.(?:csv|tsv)$/i,
  xlsx: /\.xlsx$/i,
}
/** What one request carries, a third more by then for its encoding. */
const uploadBytesMax = 23 * 1024 * 1024
const fileNameMax = 200

const isKind = (kind: string): kind is ImportKind => importKinds.some((known) => known === kind)

/** `import KIND PATH…`: files into the registry, or what they would change. */
export const addCommand: AddCommand = (program, terminal, end) => {
  program
    .command('import')
    .description('Show what files would change; with --apply, change it: all of it or, with any error, nothing.')
    .addArgument(new Argument('<kind>', 'what the files are').choices(importKinds))
    .argument('<path...>', 'files, or folders of them, read as one')
    .option('--apply', 'write what the files say')
    .addOption(formatOption('text', 'json'))
    .action(async (kind: string, paths: string[], options: { apply?: true; format: string }) => {
      if (!isKind(kind)) throw usageFailure(`There is no import of ${kind}.`, `There are ${importKinds.join(', ')}.`)
      const files = await readFiles(terminal.folder, paths, (name) => wanted[kind].test(name))
      const input = { kind, files: uploadOf(files) }
      const api = await connect(terminal)
      const report = options.apply ? await apply(api, input) : await api('imports.preview', input)
      for (const line of problemLines('error', report.errors)) terminal.complain(line)
      // JSON carries the warnings itself; stderr then is for what went wrong.
      if (options.format !== 'json')
        for (const line of problemLines('warning', report.warnings)) terminal.complain(line)
      const isApplied = options.apply === true
      terminal.print(options.format === 'json' ? json(report) : reportText(report, isApplied, terminal))
      end(verdict(report))
    })
}

function uploadOf(files: readonly ImportFile[]) {
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0)
  if (bytes > uploadBytesMax) {
    throw usageFailure(
      `These files have ${bytes} bytes; one import takes ${uploadBytesMax}.`,
      'Import fewer at a time.',
    )
  }
  return files.map((file) => ({
    // The end of a long path tells more than its beginning.
    name: file.name.length > fileNameMax ? `…${file.name.slice(1 - fileNameMax)}` : file.name,
    contentBase64: Buffer.from(file.bytes).toString('base64'),
  }))
}

/** Applies, or says with every error at its place why nothing was applied. */
async function apply(api: Api, input: { kind: ImportKind; files: ReturnType<typeof uploadOf> }): Promise<Report> {
  try {
    return await api('imports.apply', input)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.code !== 'invalid_input') throw error
    const report = await api('imports.preview', input)
    // Refused for something else than what the files say.
    if (report.errors.length === 0) throw error
    return { ...report, created: none(report.created), updated: none(report.updated), changes: [] }
  }
}

/** Counts of what did not happen. */
function none(counts: Report['created']): Report['created'] {
  const nothing = { ...counts }
  for (const entity of estateCollections) nothing[entity] = 0
  return nothing
}

function json({ created, updated, unchanged, missing, errors, warnings }: Report): string {
  return jsonText({ created, updated, unchanged, missing, errors, warnings })
}

const verdict = ({ errors }: Report): ExitCode => (errors.length > 0 ? exitCodes.refused : exitCodes.done)
