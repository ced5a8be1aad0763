import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { pageMay, read } from '@/lib/http/page-data'
import { NewSchedule } from './new-schedule'
import { SchedulesTable } from './schedules-table'

export const metadata: Metadata = { title: 'Scheduled exports' }

export default async function ScheduledExportsPage() {
  const [maySee, mayEdit] = await Promise.all([pageMay('exportSchedules.list'), pageMay('exportSchedules.create')])
  return (
    <>
      <PageHeader
        title="Scheduled exports"
        meta={<span>Exports that are made again and again, and taken to a folder of the server or a bucket.</span>}
        actions={<NewSchedule can={mayEdit} />}
      />
      {maySee === true ? (
        <SchedulesTable schedules={(await read('exportSchedules.list', {})).rows} can={mayEdit} />
      ) : (
        <EmptyState>{maySee}</EmptyState>
      )}
    </>
  )
}
