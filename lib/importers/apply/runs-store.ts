import type { Db } from '@/lib/db/client'
import type { CursorKey } from '@/lib/http/cursor'
import type { ImportReport } from './tally'

type Summary = Omit<ImportReport, 'changes' | 'errors'>

export interface NewRun {
  id: string
  kind: string
  files: string[]
  at: Date
  actorName: string
}

/** What an import came to, without the list of its changes. */
function summaryOf({ created, updated, unchanged, missing, missingNames, conflicts, warnings }: ImportReport): Summary {
  return { created, updated, unchanged, missing, missingNames, conflicts, warnings }
}

/** Keeps an import for the list of runs. */
export async function insertRun({ prisma }: Db, run: NewRun, report: ImportReport): Promise<void> {
  await prisma.importRun.create({ data: { ...run, summary: summaryOf(report), changes: report.changes } })
}

const listed = { id: true, kind: true, files: true, at: true, actorName: true, summary: true } as const

/** Import runs, newest first, at most `limit` after a row. */
export async function findRuns({ prisma }: Db, limit: number, after: CursorKey | null) {
  const [at, id] = after ?? []
  const older = after && {
    OR: [{ at: { lt: new Date(String(at)) } }, { at: new Date(String(at)), id: { lt: String(id) } }],
  }
  return await prisma.importRun.findMany({
    ...(older && { where: older }),
    select: listed,
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
  })
}

/** One import run with its changes, or null. */
export async function getRun({ prisma }: Db, id: string) {
  return await prisma.importRun.findUnique({ where: { id } })
}
