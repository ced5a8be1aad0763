import type { MailState } from '@/lib/mail/model'

/** What state a mail is in, and what that means for its reader. */
export const mailStateWords: Record<MailState, { title: string; tone: 'ok' | 'warn' | 'bad' | 'quiet' }> = {
  queued: { title: 'Waiting', tone: 'warn' },
  sent: { title: 'Sent', tone: 'ok' },
  kept: { title: 'Kept here', tone: 'quiet' },
  cancelled: { title: 'Not needed any more', tone: 'quiet' },
  failed: { title: 'Failed', tone: 'bad' },
}
