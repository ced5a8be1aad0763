import { Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { styles } from './styles'

interface SectionProps {
  title: string
  intro?: string
  /** Short enough to stand on one page. */
  together?: boolean
  children: ReactNode
}

/** A part of the report under its heading. */
export function Section({ title, intro, together = false, children }: SectionProps) {
  return (
    <View style={styles.section} wrap={!together}>
      {/* A heading stays with what it is the heading of. */}
      <View wrap={false} minPresenceAhead={60}>
        <Text style={styles.heading}>{title}</Text>
        {intro && <Text style={[styles.quiet, { marginBottom: 6 }]}>{intro}</Text>}
      </View>
      {children}
    </View>
  )
}

/** Names and what they are, line by line. */
export function Facts({ facts }: { facts: readonly (readonly [term: string, value: string | null])[] }) {
  return (
    <View style={styles.facts}>
      {facts.map(([term, value]) =>
        value === null || value === '' ? null : (
          <View key={term} style={styles.fact} wrap={false}>
            <Text style={styles.term}>{term}</Text>
            <Text style={styles.value}>{value}</Text>
          </View>
        ),
      )}
    </View>
  )
}

export interface TableColumn<Row> {
  title: string
  /** Share of the width. */
  width: number
  numeric?: boolean
  cell: (row: Row) => ReactNode
}

interface TableProps<Row> {
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row, index: number) => string
}

function cellStyle<Row>({ width, numeric }: TableColumn<Row>) {
  return { width: `${width}%`, paddingRight: 6, textAlign: numeric ? ('right' as const) : ('left' as const) }
}

/** Up to so many rows stay on one page. */
const rowsTogetherMax = 12

/** A table under its head. Short ones are kept together; see `paged` for long ones. */
export function Table<Row>({ columns, rows, keyOf }: TableProps<Row>) {
  return (
    <View wrap={rows.length > rowsTogetherMax}>
      {/* On every page that the table goes on to. */}
      <View style={styles.headRow} fixed>
        {columns.map((column) => (
          <Text key={column.title} style={[styles.head, cellStyle(column)]}>
            {column.title}
          </Text>
        ))}
      </View>
      {rows.map((row, index) => (
        <View key={keyOf(row, index)} style={styles.row} wrap={false}>
          {columns.map((column) => {
            const content = column.cell(row)
            return typeof content === 'string' ? (
              <Text key={column.title} style={cellStyle(column)}>
                {content}
              </Text>
            ) : (
              <View key={column.title} style={cellStyle(column)}>
                {content}
              </View>
            )
          })}
        </View>
      ))}
    </View>
  )
}

/** One figure with its name. */
export function Tile({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <View style={styles.tile}>
      <Text style={styles.small}>{label}</Text>
      <Text style={styles.figure}>{value}</Text>
      {note && <Text style={styles.small}>{note}</Text>}
    </View>
  )
}
