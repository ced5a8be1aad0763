import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import classes from '../mail.module.css'
import { MailStateMark } from '../mail-state'

export const metadata: Metadata = { title: 'Mail' }

export default async function OneMailPage({ params }: { params: Promise<{ id: string }> }) {
  const mail = await read('mails.get', { id: (await params).id })
  const { subject, state, to, address, createdAt, sentAt, error, attempts, html, text } = mail
  return (
    <>
      <PageHeader
        title={subject || 'Not written yet'}
        breadcrumbs={[{ title: 'Mail', href: urls.mails() }]}
        badges={<MailStateMark state={state} />}
        meta={
          <>
            <span>
              To {to.name}
              {address !== null && ` <${address}>`}
            </span>
            <span>
              {sentAt === null ? 'Queued' : 'Sent'} <RelativeTime at={sentAt ?? createdAt} />
            </span>
            {error !== null && (
              <span>
                {attempts > 1 ? `Tried ${attempts} times: ` : ''}
                {error}
              </span>
            )}
          </>
        }
      />
      {html !== '' && (
        <div className={classes.stack}>
          <Panel title="As it looks">
            {/* Nothing in it runs or loads; its links open beside this page. */}
            <iframe
              className={classes.frame}
              title="The mail"
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              srcDoc={`<base target="_blank">${html}`}
            />
          </Panel>
          <Panel title="As plain text" flush>
            <pre className={classes.text}>{text}</pre>
          </Panel>
        </div>
      )}
    </>
  )
}
