import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { pageMay, read } from '@/lib/http/page-data'
import { ExportEstate } from './export-estate'
import { ImportForm } from './import-form'
import classes from './imports.module.css'
import { RunsTable } from './runs-table'

export const metadata: Metadata = { title: 'Imports' }

export default async function ImportsPage() {
  const [runs, may] = await Promise.all([read('imports.list', { limit: 20 }), pageMay('imports.apply')])
  return (
    <>
      <PageHeader
        title="Imports"
        actions={<ExportEstate />}
        meta={<span>Bring in what other systems know. Importing the same files twice changes nothing.</span>}
      />
      <ImportForm may={may} />
      <h2 className={classes.heading}>Past imports</h2>
      <RunsTable rows={runs.rows} next={runs.next} />
    </>
  )
}
