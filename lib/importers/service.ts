import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { idSchema, nameSchema, reasonSchema } from '@/lib/registry/model'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { applyImport, previewImport, type ReadImport } from './apply/apply'
import { findRuns, getRun, insertRun } from './apply/runs-store'
import { changeSchema, importReportSchema } from './apply/tally'
import { type ImportFile, type ImportKind, importKinds, importLimits } from './model'
import { readFiles } from './read-in-thread'

const filesMax = 1000
/** A file of the largest size in base64, and room for others. */
const bodyBytesMax = 32 * 1024 * 1024
const base64Max = Math.ceil(importLimits.fileBytesMax / 3) * 4

const fileSchema = z.strictObject({
  name: nameSchema.describe('What the file is called, for messages'),
  contentBase64: z.base64('Not base64').max(base64Max, `At most ${importLimits.fileBytesMax / 1024 / 1024} MB a file`),
})
const kindSchema = z.enum(importKinds)
const inputSchema = z.strictObject({ kind: kindSchema, files: z.array(fileSchema).min(1).max(filesMax) })

const toFile = ({ name, contentBase64 }: z.output<typeof fileSchema>): ImportFile => ({
  name,
  bytes: Buffer.from(contentBase64, 'base64'),
})

/** What `imports.apply` does, however the files come to be read: applies them and keeps the run. */
export async function recordImport(
  context: UseCaseContext,
  { kind, files, read, reason }: { kind: ImportKind; files: string[]; read: ReadImport; reason?: string | undefined },
) {
  const eventId = context.newId()
  const report = await applyImport(context, kind, read, eventId)
  const run = { id: context.newId(), kind, files, at: context.now, actorName: context.actor.name }
  await insertRun(context.db, run, report)
  const { created, updated, unchanged, missing, conflicts } = report
  return {
    output: { ...report, id: run.id },
    event: {
      id: eventId,
      subjectType: 'import',
      subjectId: run.id,
      after: toJson({ kind, files, created, updated, unchanged, missing, conflicts }),
      ...(reason !== undefined && { reason }),
    },
  }
}

const previewImports = defineQuery({
  name: 'imports.preview',
  summary: 'Show what an import would change; writes nothing',
  method: 'POST',
  path: '/imports/preview',
  input: inputSchema,
  output: importReportSchema,
  bodyBytesMax,
  handler: (context, { kind, files }) => previewImport(context, kind, () => readFiles(kind, files.map(toFile))),
})

const applyImports = defineCommand({
  name: 'imports.apply',
  summary: 'Import files: everything in them or, with any error, nothing',
  method: 'POST',
  path: '/imports',
  input: inputSchema.extend({ reason: reasonSchema.optional() }),
  output: importReportSchema.extend({ id: z.uuid().describe('The import run') }),
  bodyBytesMax,
  door: 'import',
  handler: (context, { kind, files, reason }) =>
    recordImport(context, {
      kind,
      files: files.map(({ name }) => name),
      read: () => readFiles(kind, files.map(toFile)),
      reason,
    }),
})

const runSchema = z.object({
  id: z.uuid(),
  kind: kindSchema,
  files: z.array(z.string()),
  at: z.iso.datetime(),
  actorName: z.string(),
  summary: importReportSchema.omit({ changes: true, errors: true }),
})

const listImports = defineQuery({
  name: 'imports.list',
  summary: 'Imports, newest first',
  method: 'GET',
  path: '/imports',
  input: z.strictObject(pageInput),
  output: pageOf(runSchema),
  async handler({ db }, { cursor, limit }) {
    const list = listName('imports', {})
    const rows = await findRuns(db, limit + 1, startOf(list, cursor))
    const runs = rows.map((row) => runSchema.parse({ ...row, at: row.at.toISOString() }))
    return cutPage(list, runs, limit, (run) => [run.at, run.id])
  },
})

const getImport = defineQuery({
  name: 'imports.get',
  summary: 'One import with the first of its changes',
  method: 'GET',
  path: '/imports/{id}',
  input: z.strictObject({ id: idSchema }),
  output: runSchema.extend({ changes: z.array(changeSchema) }),
  async handler({ db }, { id }) {
    const row = await getRun(db, id)
    if (!row) throw notFound('The import')
    return runSchema.extend({ changes: z.array(changeSchema) }).parse({ ...row, at: row.at.toISOString() })
  },
})

export const importUseCases = {
  'imports.preview': previewImports,
  'imports.apply': applyImports,
  'imports.list': listImports,
  'imports.get': getImport,
}
