import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { pageMay, read } from '@/lib/http/page-data'
import { HistoryOf } from '../../history-of'
import { PolicyForm } from './policy-form'

export const metadata: Metadata = { title: 'Policy' }

export default async function PolicyPage() {
  const [setting, may] = await Promise.all([read('settings.policy.get', {}), pageMay('settings.policy.update')])
  return (
    <>
      <PageHeader
        title="Policy"
        meta={
          <>
            <span>What the rules measure against, by when gaps are due, and what needs an owner first</span>
            <span>
              {setting.updatedAt ? (
                <>
                  last changed by {setting.updatedBy}, <RelativeTime at={setting.updatedAt} />
                </>
              ) : (
                'all defaults'
              )}
            </span>
          </>
        }
      />
      <PolicyForm setting={setting} can={may} />
      <HistoryOf about="settings:policy" />
    </>
  )
}
