import { Document, Page, renderToBuffer, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import type { CampaignReport, ReviewRecord } from '../model'
import { instant } from '../texts'
import { stateTitles } from '../words'
import { Exceptions, Figures, Reviewers } from './figures'
import { fontFamily, registerFonts } from './fonts'
import { Front, Rules } from './front'
import { Challenges, Course, Remediations, Signature } from './happenings'
import { Records } from './records'
import { styles } from './styles'

/** What a PDF is made of. Everything in it comes from here: the same of this is the same file. */
export interface PdfContent {
  report: CampaignReport
  records: readonly ReviewRecord[]
  /** Records with a remediation, whether or not they are among the others. */
  remediated: readonly ReviewRecord[]
}

/** The report as a PDF. */
export async function reportPdf(content: PdfContent): Promise<Buffer> {
  registerFonts()
  return await renderToBuffer(<ReportDocument {...content} />)
}

function ReportDocument({ report, records, remediated }: PdfContent) {
  const made = new Date(report.at)
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
        <Rules report={report} />
        <Figures report={report} />
        <Exceptions report={report} />
        <Reviewers report={report} />
        <Challenges report={report} />
        <Remediations report={report} records={remediated} />
        <Course report={report} />
        <Signature report={report} />
      </Sheet>
      <Sheet report={report} landscape>
        <Records report={report} records={records} />
      </Sheet>
    </Document>
  )
}

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
      {children}
      <View style={[styles.running, styles.foot]} fixed>
        <Text>Pentarch · {instant(at)} UTC</Text>
        <Text render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
      </View>
    </Page>
  )
}
