import { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { recertificationOverdue } from '@/lib/gaps/rules/recertification-overdue'
import { findNewest } from '@/lib/gaps/store/list'
import { countAsked } from '@/lib/ownership/succession/store'
import { policyOf } from '@/lib/settings/store'
import { defineQuery } from '@/lib/use-cases/define'
import { newestMax, type Overview, overviewSchema } from './model'
import { countFallingDue, countOpenReviews, findCampaignsUnderWay } from './recertification-store'
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

async function recertificationOf(db: Db, { personId }: Actor, now: Date): Promise<Overview['recertification']> {
  const { gaps } = await policyOf(db)
  const [campaigns, openReviews, fallingDue] = await Promise.all([
    findCampaignsUnderWay(db),
    personId === null ? null : countOpenReviews(db, personId),
    countFallingDue(db, gaps.cadenceDays, now),
  ])
  return { campaigns, openReviews, fallingDue }
}

const getOverview = defineQuery({
  name: 'overview.get',
  summary: 'The estate at a glance, and what waits for you',
  method: 'GET',
  path: '/overview',
  input: z.strictObject({}),
  output: overviewSchema,
  async handler({ db, actor, now }) {
    const [totals, coverage, gaps, newest, trend, mine, recertification] = await Promise.all([
      countTotals(db),
      countCoverage(db),
      countGaps(db),
      findNewest(db, newestMax, now),
      countTrend(db, now),
      mineOf(db, actor, now),
      recertificationOf(db, actor, now),
    ])
    const overdue = gaps.byRule.find(({ rule }) => rule === recertificationOverdue.id)
    return {
      totals,
      coverage,
      gaps: { ...gaps, newest, trend },
      overdueRecertifications: overdue?.count ?? 0,
      recertification,
      mine,
    }
  },
})

export const overviewUseCases = { 'overview.get': getOverview }
