'use client'

import { BarChart } from '@mantine/charts'

const dayFormat = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** The answers of a day, by what was said. */
interface AnswersOfDay {
  day: string
  certify: number
  reassign: number
  revoke: number
}

/** Answers by day, what was said apart; the sums stand in words for those who do not see the bars. */
export function AnswerDays({ days }: { days: readonly AnswersOfDay[] }) {
  const sum = days.reduce((total, { certify, reassign, revoke }) => total + certify + reassign + revoke, 0)
  return (
    <figure style={{ margin: 0 }}>
      <div aria-hidden>
        <BarChart
          h={170}
          type="stacked"
          data={days.map(({ day, certify, reassign, revoke }) => ({
            day: dayFormat.format(new Date(day)),
            Certified: certify,
            Reassigned: reassign,
            Revoked: revoke,
          }))}
          dataKey="day"
          series={[
            { name: 'Certified', color: 'var(--p-accent)' },
            { name: 'Reassigned', color: 'var(--p-unconfirmed-line)' },
            { name: 'Revoked', color: 'var(--p-critical)' },
          ]}
          withLegend
          tickLine="none"
          gridAxis="x"
          yAxisProps={{ allowDecimals: false, width: 34 }}
          xAxisProps={{ minTickGap: 28 }}
          barProps={{ isAnimationActive: false, maxBarSize: 36 }}
          // Out of the way of the keyboard, as of everything else that the caption says in words.
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <figcaption className="visually-hidden">
        {sum.toLocaleString('en')} answers on {days.length} days.
      </figcaption>
    </figure>
  )
}
