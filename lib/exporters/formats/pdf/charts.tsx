import { Text, View } from '@react-pdf/renderer'
import { ink, styles } from '@/lib/pdf/styles'
import type { Counted, Crossed } from './gather'

const good = ink.accent
const soft = ink.reassign
const warm = ink.no_response
const bad = ink.revoke

/** The colours of words that mean a state; a word stands beside each. */
const colours: Readonly<Record<string, string>> = {
  ...{ owned: good, accepted: good, certified: good, met: good, low: soft, resolved: good, active: good, yes: soft },
  ...{ unconfirmed: soft, proposed: soft, excepted: soft, acknowledged: soft, remediating: soft, no: ink.pending },
  ...{ orphaned: warm, expired: warm, medium: warm, lost: warm, declined: warm },
  ...{ unowned: bad, open: bad, high: '#d9644f', critical: bad, gaps: bad, never: ink.pending, revoked: ink.pending },
}
const palette = [good, soft, warm, '#7b6bb0', '#4f8f5b', '#b0647f', ink.pending]

/** The colour of a value: by what it means, else by where it stands. */
const colourOf = (value: string, index: number): string =>
  colours[value] ?? palette[index % palette.length] ?? ink.pending

/** One bar a line, each cut in parts, under a legend. */
export function CrossedBars({ crossed }: { crossed: Crossed }) {
  const { parts, rows } = crossed
  return (
    <View>
      {rows.map(({ value, counts, total }) => (
        <View key={value} wrap={false} style={{ flexDirection: 'row', alignItems: 'center', marginBottom: 3 }}>
          <Text style={{ width: 108, paddingRight: 6 }}>{value}</Text>
          <View style={{ flex: 1, flexDirection: 'row', height: 10, backgroundColor: ink.ground }}>
            {parts.map((part, index) =>
              counts[part] ? (
                <View
                  key={part}
                  style={{
                    flexGrow: counts[part],
                    flexBasis: 0,
                    backgroundColor: colourOf(part, index),
                    // White between the parts, so that they are told apart without colour too.
                    borderRightWidth: 1,
                    borderColor: '#fff',
                  }}
                />
              ) : null,
            )}
          </View>
          <Text style={{ width: 56, textAlign: 'right' }}>{total.toLocaleString('en')}</Text>
        </View>
      ))}
      <View style={styles.legend}>
        {parts.map((part, index) => (
          <View key={part} style={{ flexDirection: 'row', alignItems: 'center' }}>
            <View style={[styles.swatch, { backgroundColor: colourOf(part, index) }]} />
            <Text>
              {part} {rows.reduce((sum, { counts }) => sum + (counts[part] ?? 0), 0).toLocaleString('en')}
            </Text>
          </View>
        ))}
      </View>
    </View>
  )
}

/** The values of a column as bars, the most frequent first. */
export function CountedBars({ counted }: { counted: Counted }) {
  const lines = counted.others > 0 ? [...counted.values, { value: 'others', count: counted.others }] : counted.values
  const most = Math.max(1, ...lines.map(({ count }) => count))
  return (
    <View wrap={false} style={{ width: '48%', marginBottom: 12 }}>
      <Text style={[styles.head, { marginBottom: 3 }]}>{counted.column.title}</Text>
      {lines.map(({ value, count }, index) => (
        <View key={value} style={{ flexDirection: 'row', alignItems: 'center', marginBottom: 2 }}>
          <Text style={{ width: 92, paddingRight: 6, fontSize: 7.5 }}>
            {value.length > 40 ? `${value.slice(0, 39)}…` : value}
          </Text>
          <View style={{ flex: 1, height: 7 }}>
            <View
              style={{
                height: 7,
                width: `${Math.max(1, (100 * count) / most)}%`,
                backgroundColor: colourOf(value, index),
              }}
            />
          </View>
          <Text style={{ width: 42, textAlign: 'right', fontSize: 7.5 }}>{count.toLocaleString('en')}</Text>
        </View>
      ))}
    </View>
  )
}
