import type { Metadata } from 'next'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { CalendarPanel } from './calendar-panel'
import classes from './notifications.module.css'
import { TimeZoneForm } from './time-zone-form'

export const metadata: Metadata = { title: 'Mail and calendar' }

const clockOf = (hour: number) => `${String(hour).padStart(2, '0')}:00`

export default async function NotificationsPage() {
  const [{ feed, timeZone, organisationTimeZone, mail }, maySet, mayShare] = await Promise.all([
    read('calendar.get', {}),
    pageMay('me.setTimeZone'),
    pageMay('calendar.create'),
  ])
  return (
    <>
      <PageHeader title="Mail and calendar" meta={<span>How you hear of what waits for you</span>} />
      <div className={classes.page}>
        <Panel title="Mail" aside={<TextLink href={urls.mails()}>Your mails</TextLink>}>
          <p>{whereItGoes(mail)}</p>
          <ul className={classes.rules}>
            <li>
              At most one mail a day, from {clockOf(mail.fromHour)} on where you are, with all that waits for you.
            </li>
            <li>
              On the first day something is yours or comes back to you, before and on its last day, when the campaign
              lead asks for it, when a revocation affects you that you may contest, and when a remediation is yours or
              late.
            </li>
            <li>Never when nothing is open, and never about what you have answered or handed over.</li>
          </ul>
        </Panel>
        <Panel title="Time zone" aside="Where your days end">
          <TimeZoneForm key={timeZone} own={timeZone} organisation={organisationTimeZone} can={maySet} />
        </Panel>
        <Panel title="Calendar" aside="The last day of what is yours to do">
          <CalendarPanel feed={feed} can={mayShare} />
        </Panel>
      </div>
    </>
  )
}

function whereItGoes({ address, goesOut }: { address: string | null; goesOut: boolean }): string {
  if (!goesOut) return 'No mail server is set up here: your mails are kept, and you read them in Pentarch.'
  if (address === null)
    return 'Nobody knows a mail address of yours: your mails are kept, and you read them in Pentarch.'
  return `Your mail goes to ${address}.`
}
