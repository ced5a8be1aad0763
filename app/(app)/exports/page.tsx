import { Stack } from '@mantine/core'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { read } from '@/lib/http/page-data'
import { NewExport } from './new-export'
import { RunsTable } from './runs-table'
import { WorkbookLink } from './workbook-link'

export const metadata: Metadata = { title: 'Exports' }

export default async function ExportsPage() {
  const [{ rows, next }, kinds] = await Promise.all([read('exports.list', {}), read('exports.kinds', {})])
  return (
    <>
      <PageHeader
        title="Exports"
        meta="Files that you asked for. Nobody else sees them, and each goes after a day."
        actions={<WorkbookLink />}
      />
      <Stack gap="md">
        <NewExport
          kinds={kinds.rows.map(({ kind, title, description, formats }) => ({ kind, title, description, formats }))}
        />
        <RunsTable rows={rows} next={next} />
      </Stack>
    </>
  )
}
