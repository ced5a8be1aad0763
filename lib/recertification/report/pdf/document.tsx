import { Document, Page, renderToBuffer, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { fontFamily, registerFonts } from '@/lib/pdf/fonts'
import { Section } from '@/lib/pdf/parts'
import { styles } from '@/lib/pdf/styles'
import type { CampaignReport, ReviewRecord } from '../model'
import { instant } from '../texts'
import { stateTitles } from '../words'
import { Exceptions, Figures, Reviewers } from './figures'
import { Front, Rules } from './front'
import { Challenges, Course, Remediations, Signature } from './happenings'
import { pagesOf, Records, recordsIntro } from './records'

/** What a PDF is made of. Everything in it comes from here: the same of this is the same file. */
export interface PdfContent {
  report: CampaignReport
  records: readonly ReviewRecord[]
  /** Records with a remediation, whether or not they are among the others. */
  remediated: readonly ReviewRecord[]
}

const courseTogetherMax = 40

/** The report as a PDF. */
export async function reportPdf(content: PdfContent): Promise<Buffer> {
  registerFonts()
  return await renderToBuffer(<ReportDocument {...content} />)
}

function ReportDocument({ report, records, remediated }: PdfContent) {
  const made = new Date(report.at)
  // What is laid out in one go has to stay short (see pagesOf).
  const courseIsLong = report.course.rows.length > courseTogetherMax
  return (
    <Document
      title={`${report.campaign.name}: recertification report`}
      author="Pentarch"
      subject={`Campaign ${report.campaign.slug}, ${stateTitles[report.campaign.state].toLowerCase()}`}
      language="en"
      creationDate={made}
      modificationDate={made}
    >
      <Sheet report={report}>
        <Front report={report} />
        <Signature report={report} />
        <Rules report={report} />
        <Figures report={report} />
        <Exceptions report={report} />
      </Sheet>
      {report.reviewers.rows.length > 0 && (
        <Sheet report={report}>
          <Reviewers report={report} />
          <Challenges report={report} />
          <Remediations report={report} records={remediated} />
          {!courseIsLong && <Course report={report} />}
        </Sheet>
      )}
      {courseIsLong && (
        <Sheet report={report}>
          <Course report={report} />
        </Sheet>
      )}
      {pagesOf(records).map((page, index) => (
        <Sheet key={page[0]?.id ?? index} report={report} landscape>
          {index === 0 ? (
            <Section title="Records" intro={recordsIntro(report, records.length)}>
              <Records records={page} />
            </Section>
          ) : (
            <Records records={page} />
          )}
        </Sheet>
      ))}
    </Document>
  )
}

/** In points. */
const a4 = { width: 595, height: 842 }
const footHeight = 36

interface SheetProps {
  report: CampaignReport
  landscape?: boolean
  children: ReactNode
}

/** Pages with what runs along on each: what it is, how final, and which page. */
function Sheet({ report, landscape = false, children }: SheetProps) {
  const { campaign, isFinal, at } = report
  return (
    <Page size="A4" orientation={landscape ? 'landscape' : 'portrait'} style={[styles.page, { fontFamily }]}>
      <View style={[styles.running, styles.top]} fixed>
        <Text>{campaign.name}</Text>
        <Text>{isFinal ? stateTitles[campaign.state] : 'Not final'}</Text>
      </View>
      <View style={[styles.running, { top: (landscape ? a4.width : a4.height) - footHeight }]} fixed>
        <Text>Pentarch · {instant(at)} UTC</Text>
        <Text render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
      </View>
      {children}
    </Page>
  )
}
