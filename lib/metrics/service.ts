import 'server-only'
import { z } from 'zod'
import { countGaps } from '@/lib/overview/store'
import { viewLog } from '@/lib/transparency/views'
import { defineFileQuery } from '@/lib/use-cases/define'
import { exposition, expositionType } from './registry'

const readMetrics = defineFileQuery({
  name: 'metrics.read',
  summary: 'Measures for a monitoring system, in the text format of Prometheus',
  method: 'GET',
  path: '/metrics',
  input: z.strictObject({}),
  async handler({ database }) {
    const [{ size, newest, verification }, { bySeverity }] = await Promise.all([viewLog(database), countGaps(database)])
    const text = await exposition({
      log: {
        size,
        checkpointAt: newest && Date.parse(newest.at),
        verification: verification && {
          endedAt: Date.parse(verification.endedAt),
          findings: verification.findings,
        },
      },
      openGaps: bySeverity,
    })
    return {
      headers: { 'content-type': expositionType, 'cache-control': 'no-store' },
      body: new Blob([text]).stream(),
    }
  },
})

export const metricsUseCases = { 'metrics.read': readMetrics }
