'use client'

import { BarChart } from '@mantine/charts'
import type { CampaignReport } from '@/lib/recertification/report/model'

const dayFormat = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** Decisions that stand, by the day they were made on. */
export function DecisionDays({ days }: { days: CampaignReport['days'] }) {
  const all = days.reduce((sum, { verdicts }) => sum + verdicts.certify + verdicts.reassign + verdicts.revoke, 0)
  return (
    <figure style={{ margin: 0, padding: '14px 14px 4px' }}>
      <div aria-hidden>
        <BarChart
          h={170}
          type="stacked"
          data={days.map(({ day, verdicts }) => ({
            day: dayFormat.format(new Date(day)),
            Certified: verdicts.certify,
            Reassigned: verdicts.reassign,
            Revoked: verdicts.revoke,
          }))}
          dataKey="day"
          series={[
            { name: 'Certified', color: 'var(--p-accent)' },
            { name: 'Reassigned', color: 'var(--p-unconfirmed-line)' },
            { name: 'Revoked', color: 'var(--p-critical)' },
          ]}
          withLegend
          tickLine="none"
          gridAxis="y"
          yAxisProps={{ allowDecimals: false, width: 34 }}
          xAxisProps={{ minTickGap: 28 }}
          barProps={{ isAnimationActive: false, maxBarSize: 36 }}
          // Out of the way of the keyboard, as of everything else that the caption says in words.
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <figcaption className="visually-hidden">
        {all} answers on {days.length} days that stand.
      </figcaption>
    </figure>
  )
}
