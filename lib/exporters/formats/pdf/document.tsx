import { Document, Page, renderToBuffer, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { fontFamily, registerFonts } from '@/lib/pdf/fonts'
import { Facts, Section, Table, type TableColumn } from '@/lib/pdf/parts'
import { styles } from '@/lib/pdf/styles'
import { filterText } from '../about'
import { CountedBars, CrossedBars } from './charts'
import type { PdfReport } from './gather'

/** The report of an export as a PDF. The same of this is the same file. */
export async function exportPdf(report: PdfReport): Promise<Buffer> {
  registerFonts()
  return await renderToBuffer(<ExportDocument report={report} />)
}

const instant = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`
/** Rows that are laid out in one go: the time that takes grows with their square. */
const rowsTogether = 40

function ExportDocument({ report }: { report: PdfReport }) {
  const { title, description, table, crossed, counted } = report
  const made = new Date(report.at)
  const sheets = Array.from({ length: Math.ceil(table.rows.length / rowsTogether) }, (_, index) => {
    const first = index * rowsTogether
    return { first, rows: table.rows.slice(first, first + rowsTogether) }
  })
  return (
    <Document
      title={title}
      author="Pentarch"
      subject={description}
      language="en"
      creationDate={made}
      modificationDate={made}
    >
      <Sheet report={report}>
        <Text style={styles.eyebrow}>EXPORT</Text>
        <Text style={styles.title}>{title}</Text>
        <Text style={styles.lead}>{description}</Text>
        <About report={report} />
        {crossed && (
          <Section title={crossed.title}>
            <CrossedBars crossed={crossed} />
          </Section>
        )}
        {report.rows > 0 && (
          <Section title="In numbers" intro="How many rows have which value, the most frequent first.">
            <View style={{ flexDirection: 'row', flexWrap: 'wrap', justifyContent: 'space-between' }}>
              {counted.map((each) => (
                <CountedBars key={each.column.id} counted={each} />
              ))}
            </View>
          </Section>
        )}
      </Sheet>
      {sheets.map(({ first, rows }) => (
        <Sheet key={first} report={report} landscape>
          {first === 0 ? (
            <Section title="Rows" intro={rowsIntro(report)}>
              <Rows report={report} rows={rows} />
            </Section>
          ) : (
            <Rows report={report} rows={rows} />
          )}
        </Sheet>
      ))}
    </Document>
  )
}

function rowsIntro({ rows, table }: PdfReport): string {
  const shown = table.rows.length
  if (shown === rows) return 'Every row. The CSV of the same export has every column.'
  return `The first ${shown.toLocaleString('en')} of ${rows.toLocaleString('en')} rows. The CSV of the same export has all of them, with every column.`
}

function About({ report }: { report: PdfReport }) {
  const { at, isPast, filter, rows, by, sha256 } = report
  return (
    <View style={{ marginBottom: 16 }}>
      <Facts
        facts={[
          [isPast ? 'As of' : 'Made', instant(at)],
          ['Narrowed to', filterText(filter)],
          ['Rows', rows.toLocaleString('en')],
          ['Asked for by', by],
          ['Digest of the data', sha256],
        ]}
      />
      <Text style={[styles.small, { marginTop: 4 }]}>
        The digest is the SHA-256 of the same export as NDJSON: whoever exports it again as of the same instant can
        compare.
      </Text>
    </View>
  )
}

function Rows({ report, rows }: { report: PdfReport; rows: readonly Record<string, string>[] }) {
  const { columns } = report.table
  const weights = columns.map(({ id, type }) => weightOf(id, type))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const shown = columns.map(
    ({ id, title, type }, index): TableColumn<Record<string, string>> => ({
      title: type === 'instant' ? `${title} (UTC)` : title,
      width: (100 * (weights[index] ?? 1)) / sum,
      numeric: type === 'number',
      cell: (row) => row[id] ?? '',
    }),
  )
  return <Table columns={shown} rows={rows} keyOf={(_, index) => String(index)} />
}

/** How wide a column is beside others. */
function weightOf(id: string, type: string): number {
  if (type === 'number' || type === 'boolean') return 0.6
  if (['explanation', 'reason', 'binding', 'key', 'title', 'name', 'subject'].includes(id)) return 2
  if (type === 'instant') return 1.25
  return type === 'list' ? 1.4 : 1
}

/** In points. */
const a4 = { width: 595, height: 842 }
const footHeight = 36

/** Pages with what runs along on each: what it is, of when, and which page. */
function Sheet({
  report,
  landscape = false,
  children,
}: {
  report: PdfReport
  landscape?: boolean
  children: ReactNode
}) {
  return (
    <Page size="A4" orientation={landscape ? 'landscape' : 'portrait'} style={[styles.page, { fontFamily }]}>
      <View style={[styles.running, styles.top]} fixed>
        <Text>{report.title}</Text>
        <Text>{report.isPast ? `As of ${instant(report.at)}` : ''}</Text>
      </View>
      <View style={[styles.running, { top: (landscape ? a4.width : a4.height) - footHeight }]} fixed>
        <Text>
          Pentarch · {instant(report.at)} · SHA-256 {report.sha256.slice(0, 16)}…
        </Text>
        <Text render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
      </View>
      {children}
    </Page>
  )
}
