import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { byteStream } from '@/lib/http/byte-stream'
import { defineFileQuery, defineQuery, type FileContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { contentOf, fileHeaders, formatFor } from './file'
import { formats } from './formats'
import { directRowsMax, exportKindSchema, exportViewShape } from './model'
import { exportFormats, exportKinds } from './names'
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
}
