import { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { recertificationOverdue } from '@/lib/gaps/rules/recertification-overdue'
import { findNewest } from '@/lib/gaps/store/list'
import { countAsked } from '@/lib/ownership/succession/store'
import { defineQuery } from '@/lib/use-cases/define'
import { newestMax, type Overview, overviewSchema } from './model'
import { countCoverage, countGaps, countOwnGaps, countTotals, countTrend, findProposals } from './store'

async function mineOf(db: Db, { personId, leadOf }: Actor, now: Date): Promise<Overview['mine']> {
  if (personId === null) return null
  const [proposals, successions, gaps] = await Promise.all([
    findProposals(db, [...leadOf], now),
    countAsked(db, personId),
    countOwnGaps(db, personId),
  ])
  return { proposals, successions, gaps }
}

const getOverview = defineQuery({
  name: 'overview.get',
  summary: 'The estate at a glance, and what waits for you',
  method: 'GET',
  path: '/overview',
  input: z.strictObject({}),
  output: overviewSchema,
  async handler({ db, actor, now }) {
    const [totals, coverage, gaps, newest, trend, mine] = await Promise.all([
      countTotals(db),
      countCoverage(db),
      countGaps(db),
      findNewest(db, newestMax, now),
      countTrend(db, now),
      mineOf(db, actor, now),
    ])
    const overdue = gaps.byRule.find(({ rule }) => rule === recertificationOverdue.id)
    return {
      totals,
      coverage,
      gaps: { ...gaps, newest, trend },
      overdueRecertifications: overdue?.count ?? 0,
      mine,
    }
  },
})

export const overviewUseCases = { 'overview.get': getOverview }
