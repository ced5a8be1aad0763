import { Text, View } from '@react-pdf/renderer'
import { ink, styles } from '@/lib/pdf/styles'
import type { GroupCounts } from '../model'
import { outcomeTitles } from '../words'

const outcomeKeys = ['certify', 'reassign', 'revoke', 'no_response', 'pending'] as const
export const outcomeLabels = { ...outcomeTitles, pending: 'No outcome' }

/** How items came out, as one bar. */
export function OutcomeBar({ counts, height = 8 }: { counts: Omit<GroupCounts, 'key' | 'title'>; height?: number }) {
  return (
    <View style={{ flexDirection: 'row', height, borderRadius: 1.5, overflow: 'hidden', backgroundColor: ink.ground }}>
      {outcomeKeys.map((key) =>
        counts[key] > 0 ? (
          // White between the parts, so that they are told apart without colour too.
          <View
            key={key}
            style={{
              flexGrow: counts[key],
              flexBasis: 0,
              backgroundColor: ink[key],
              borderRightWidth: 1,
              borderColor: '#fff',
            }}
          />
        ) : null,
      )}
    </View>
  )
}

/** What the colours of the bars mean, with the figures. */
export function OutcomeLegend({ counts }: { counts: Omit<GroupCounts, 'key' | 'title'> }) {
  return (
    <View style={styles.legend}>
      {outcomeKeys.map((key) => (
        <View key={key} style={{ flexDirection: 'row', alignItems: 'center' }}>
          <View style={[styles.swatch, { backgroundColor: ink[key] }]} />
          <Text>
            {outcomeLabels[key]} {counts[key].toLocaleString('en')}
          </Text>
        </View>
      ))}
    </View>
  )
}

/** Decisions by day as standing bars, the highest named. */
export function DayBars({ days }: { days: readonly { day: string; decisions: number }[] }) {
  const most = Math.max(1, ...days.map(({ decisions }) => decisions))
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return null
  return (
    <View wrap={false}>
      <View
        style={{
          flexDirection: 'row',
          alignItems: 'flex-end',
          height: 56,
          gap: 1.5,
          borderBottomWidth: 0.75,
          borderColor: ink.line,
        }}
      >
        {days.map(({ day, decisions }) => (
          <View
            key={day}
            style={{
              flex: 1,
              height: Math.max(decisions > 0 ? 1 : 0, (54 * decisions) / most),
              backgroundColor: ink.accent,
            }}
          />
        ))}
      </View>
      <View style={{ flexDirection: 'row', justifyContent: 'space-between', marginTop: 2 }}>
        <Text style={styles.small}>{first.day}</Text>
        <Text style={styles.small}>most on a day: {most.toLocaleString('en')}</Text>
        <Text style={styles.small}>{last.day}</Text>
      </View>
    </View>
  )
}
