import { Gauge, Registry } from 'prom-client'
import type { Severity } from '@/lib/gaps/model'

/** What is measured, read in one go. Instants are milliseconds; null for what has not happened yet. */
export interface Measured {
  log: {
    size: number
    checkpointAt: number | null
    verification: { endedAt: number; findings: number } | null
  }
  openGaps: Readonly<Record<Severity, number>>
}

/**
 * The measures in the text format of Prometheus. What has not happened yet has no sample, so that an alarm on its absence
 * can be told from one on its value.
 */
export async function exposition({ log, openGaps }: Measured): Promise<string> {
  const registry = new Registry()
  const gauge = (name: string, help: string, value: number | null) => {
    const made = new Gauge({ name, help, registers: [registry], labelNames: [] })
    if (value === null) made.remove()
    else made.set(value)
  }
  const seconds = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : ms / 1000)
  gauge('pentarch_log_events', 'Events in the transparency log', log.size)
  gauge(
    'pentarch_log_checkpoint_timestamp_seconds',
    'When the newest checkpoint of the transparency log was signed',
    seconds(log.checkpointAt),
  )
  gauge(
    'pentarch_log_verification_timestamp_seconds',
    'When the transparency log was last verified against the audit tables',
    seconds(log.verification?.endedAt),
  )
  gauge(
    'pentarch_log_verification_findings',
    'Places where the audit tables were not what was logged, at the last verification: anything above 0 is an alarm',
    log.verification?.findings ?? null,
  )
  const gaps = new Gauge({
    name: 'pentarch_gaps_open',
    help: 'Gaps that are neither resolved nor excepted',
    labelNames: ['severity'] as const,
    registers: [registry],
  })
  for (const [severity, count] of Object.entries(openGaps)) gaps.set({ severity }, count)
  return await registry.metrics()
}

/** The media type of the text. */
export const expositionType = Registry.PROMETHEUS_CONTENT_TYPE
