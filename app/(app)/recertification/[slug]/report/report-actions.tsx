'use client'

import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDownload, IconFileTypePdf, IconPrinter, IconTable } from '@tabler/icons-react'
import type { CampaignReport } from '@/lib/recertification/report/model'
import { urls } from '@/lib/urls'

/** Takes the report elsewhere: as a PDF, as CSV, on paper. */
export function ReportActions({ slug, report }: { slug: string; report: CampaignReport }) {
  const items = report.totals.items.toLocaleString('en')
  return (
    <>
      <Button variant="default" leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
        Print
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconDownload size={15} />} rightSection={<IconChevronDown size={14} />}>
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={urls.campaignReportPdf(slug)} leftSection={<IconFileTypePdf size={15} />}>
            Report as PDF
          </Menu.Item>
          <Menu.Item component="a" href={urls.campaignReportCsv(slug)} leftSection={<IconTable size={15} />}>
            {items} records as CSV
          </Menu.Item>
          <Menu.Item
            component="a"
            href={urls.campaignReportCsv(slug, { rows: 'decisions' })}
            leftSection={<IconTable size={15} />}
          >
            Every decision as CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
