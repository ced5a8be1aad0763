import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { byteStream } from '@/lib/http/byte-stream'
import { commaList } from '@/lib/http/page'
import { defineFileQuery, defineQuery, type FileContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { contentOf, fileHeaders, formatFor } from './file'
import { formats } from './formats'
import { writeWorkbook } from './formats/xlsx'
import { directRowsMax, exportKindSchema, exportViewShape } from './model'
import { type ExportKind, exportFormats, exportKinds } from './names'
import { countRows, describeKind, openExport, type Wanted } from './source'

const listKinds = defineQuery({
  name: 'exports.kinds',
  summary: 'What can be exported: its columns, orders and formats',
  method: 'GET',
  path: '/exports/kinds',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(exportKindSchema) }),
  async handler() {
    const rows = exportKinds.map((kind) => {
      const { title, description, columns, sorts } = describeKind(kind)
      const carriers = exportFormats.filter((format) => formats[format].kinds?.includes(kind) ?? true)
      return {
        kind,
        title,
        description,
        columns: columns.map(({ id, title: name, type, description: text }) => ({
          id,
          title: name,
          type,
          description: text,
        })),
        sorts: [...sorts],
        formats: carriers,
      }
    })
    return { rows }
  },
})

const exportFile = defineFileQuery({
  name: 'exports.file',
  summary: 'An export, sent as it is read, in one consistent state however long that takes',
  method: 'GET',
  path: '/exports/kinds/{kind}/file',
  input: z.strictObject(exportViewShape),
  async handler(context, view) {
    const format = formatFor(view)
    const { directRowsMax: max, title } = format
    if (max !== undefined && (await countAsked(context, view, max + 1)) > max) {
      throw new DomainError(
        'too_large',
        `More than ${max.toLocaleString('en')} rows are not sent as ${title} while you wait. Start it in the background (POST /exports), narrow it, or take CSV.`,
      )
    }
    const opened = await openExport(context, view, format)
    const { asOf, now: at, actor } = context
    const content = contentOf(opened, { view, format, at, isPast: asOf !== undefined, by: actor.name })
    return { headers: fileHeaders(view.kind, format, at), body: byteStream(format.write(content), opened.end) }
  },
})

const kindsSchema = commaList(z.enum(exportKinds)).optional().describe('Separated by commas; all when absent')

const exportWorkbook = defineFileQuery({
  name: 'exports.workbook',
  summary: 'Several kinds in one Excel workbook, a sheet for each, all of the same instant',
  method: 'GET',
  path: '/exports/workbook',
  input: z.strictObject({ kinds: kindsSchema }),
  async handler(context, { kinds }) {
    const chosen = exportKinds.filter((kind) => kinds?.includes(kind) ?? true)
    const format = formats.xlsx
    const at = context.asOf ?? context.now
    // Sheets are read one after the other; that they are of one state, each is read as of the same instant.
    const asking = { ...context, asOf: at }
    for (const kind of chosen) {
      const view = { kind, filter: {} }
      if ((await countAsked(asking, view, directRowsMax + 1)) > directRowsMax) throw tooManyFor(kind)
    }
    const titles = chosen.map((kind) => describeKind(kind).title)
    const contents = contentsOf(asking, chosen, context.asOf !== undefined)
    return {
      headers: {
        'content-type': format.mediaType,
        'content-disposition': `attachment; filename="pentarch-${at.toISOString().slice(0, 10)}.xlsx"`,
        'x-content-type-options': 'nosniff',
      },
      body: byteStream(writeWorkbook(titles, contents, at), async () => void (await contents.return(undefined))),
    }
  },
})

/** The kinds, each opened when the one before has been read, and given back when it has. */
async function* contentsOf(asking: FileContext & { asOf: Date }, kinds: readonly ExportKind[], isPast: boolean) {
  const format = formats.xlsx
  for (const kind of kinds) {
    const view = { kind, filter: {}, raw: false }
    const opened = await openExport(asking, view, format)
    try {
      yield contentOf(opened, { view, format, at: asking.asOf, isPast, by: asking.actor.name })
    } finally {
      await opened.end()
    }
  }
}

function tooManyFor(kind: ExportKind): DomainError {
  const { title } = describeKind(kind)
  const message = `${title} has more than ${directRowsMax.toLocaleString('en')} rows: leave it out of the workbook, and export it by itself`
  return new DomainError('too_large', `${message}.`, { fields: [{ field: 'kinds', message }] })
}

/** Counts in the present or the past, whichever is asked for. */
function countAsked({ database, asOf, ...context }: FileContext, view: Wanted, max: number): Promise<number> {
  const count = (db: Db) => countRows({ ...context, db }, view, max)
  return asOf ? database.past(asOf, count) : database.snapshot(count)
}

const checkExport = defineQuery({
  name: 'exports.check',
  summary: 'Whether an export is small enough to be sent while somebody waits, and how many rows it has',
  method: 'GET',
  path: '/exports/kinds/{kind}/check',
  input: z.strictObject(exportViewShape),
  output: z.object({
    rows: z.number().int().describe('Counted no further than a little over what is sent at once'),
    direct: z.boolean().describe('Otherwise start it in the background'),
  }),
  async handler(context, view) {
    const max = formatFor(view).directRowsMax ?? directRowsMax
    const rows = await countRows(context, view, max + 1)
    return { rows, direct: rows <= max }
  },
})

export const directExportUseCases = {
  'exports.kinds': listKinds,
  'exports.check': checkExport,
  'exports.file': exportFile,
  'exports.workbook': exportWorkbook,
}
