'use client'

import { BarChart } from '@mantine/charts'
import type { Overview } from '@/lib/overview/model'

const dayFormat = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** Gaps opened and resolved a day, side by side; the sums stand in words for those who do not see the bars. */
export function GapTrend({ days }: { days: Overview['gaps']['trend'] }) {
  const sum = (name: 'opened' | 'resolved') => days.reduce((total, day) => total + day[name], 0)
  return (
    <figure style={{ margin: 0 }}>
      <div aria-hidden>
        <BarChart
          h={190}
          data={days.map(({ day, opened, resolved }) => ({
            day: dayFormat.format(new Date(day)),
            Opened: opened,
            Resolved: resolved,
          }))}
          dataKey="day"
          series={[
            { name: 'Opened', color: 'var(--p-high)' },
            { name: 'Resolved', color: 'var(--p-accent)' },
          ]}
          withLegend
          tickLine="none"
          gridAxis="x"
          yAxisProps={{ allowDecimals: false, width: 34 }}
          xAxisProps={{ minTickGap: 28 }}
          barProps={{ isAnimationActive: false }}
          // Out of the way of the keyboard, as of everything else that the caption says in words.
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <figcaption className="visually-hidden">
        {sum('opened')} gaps opened and {sum('resolved')} resolved in the last {days.length} days.
      </figcaption>
    </figure>
  )
}
