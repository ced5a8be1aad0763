import { describe, expect, it } from 'vitest'
import { exposition } from './registry'

const openGaps = { low: 4, medium: 3, high: 2, critical: 1 }
const samples = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

describe('the measures', () => {
  it('tell how the log stands, and the gaps by severity', async () => {
    const log = { size: 49, checkpointAt: 1_790_000_000_500, verification: { endedAt: 1_790_000_060_000, findings: 2 } }
    const text = await exposition({ log, openGaps })
    expect(samples(text)).toEqual([
      'pentarch_log_events 49',
      'pentarch_log_checkpoint_timestamp_seconds 1790000000.5',
      'pentarch_log_verification_timestamp_seconds 1790000060',
      'pentarch_log_verification_findings 2',
      'pentarch_gaps_open{severity="low"} 4',
      'pentarch_gaps_open{severity="medium"} 3',
      'pentarch_gaps_open{severity="high"} 2',
      'pentarch_gaps_open{severity="critical"} 1',
    ])
    expect(text).toContain('# TYPE pentarch_log_events gauge')
  })

  it('have no sample of what has not happened yet', async () => {
    const text = await exposition({ log: { size: 0, checkpointAt: null, verification: null }, openGaps })
    expect(samples(text)[0]).toBe('pentarch_log_events 0')
    expect(text).not.toMatch(/^pentarch_log_(checkpoint|verification)\S* /m)
  })
})
