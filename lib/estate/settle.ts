import { recordAfterLast } from '@/lib/db/past'
import { seeingAll } from '@/lib/db/sight'
import { sql } from '@/lib/db/sql'
import { reevaluateGaps } from '@/lib/gaps/reevaluate'
import { refreshOwners } from '@/lib/ownership/refresh'
import { settleSuccessions } from '@/lib/ownership/succession/settle'
import type { UseCaseContext } from '@/lib/use-cases/define'

/** What a command changed, by id. Everything that follows from it (owners, gaps) is found from here. */
export interface EstateChange {
  agents?: readonly string[]
  tools?: readonly string[]
  points?: readonly string[]
  bindings?: readonly string[]
  teams?: readonly string[]
  people?: readonly string[]
  /** Assignments that were set, decided or ended. */
  assignments?: readonly string[]
  /** The transparency log, when it was verified anew. */
  logs?: readonly string[]
}

const estateLockKey = 5_731_001

/**
 * Makes writers of the estate wait for each other until the end of the transaction. An owner of an agent and one of
 * its tool may both reach the same cell: two transactions that cannot see each other would leave it stale.
 * What they change counts from the moment they got it (lib/history). Every command that calls `settle` takes this lock before it reads what it is about to change.
 */
export async function lockEstate(context: UseCaseContext): Promise<void> {
  await context.db.prisma.$executeRaw`SELECT pg_advisory_xact_lock(${estateLockKey}::bigint)`
  await context.db.execute(recordAfterLast)
}

/** Brings the effective owners, the gaps and the successions in line with a change, in the change's own transaction. */
export async function settle(context: UseCaseContext, change: EstateChange): Promise<void> {
  // Its long statements look few rows up by key, whatever the values: planning them for each would be most of the work.
  await context.db.execute(sql`SET LOCAL plan_cache_mode = force_generic_plan`)
  await seeingAll(context.db, async () => {
    const moved = await refreshOwners(context, change)
    await reevaluateGaps(context, change, moved)
    await settleSuccessions(context, change)
  })
}
