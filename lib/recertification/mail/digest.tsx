import 'server-only'
import { render } from '@react-email/render'
import type { MailContent } from '@/lib/mail/outbox-store'
import { DigestMail } from './digest-mail'
import { subjectOf } from './digest-words'
import type { Digest } from './model'

/** Names stand as they are written: plain text shouts headings otherwise. */
const quietHeadings = ['h1', 'h2'].map((selector) => ({ selector, options: { uppercase: false } }))

/** The mail that tells a digest, as HTML and as plain text. */
export async function contentOf(digest: Digest, origin: string): Promise<MailContent> {
  const mail = <DigestMail digest={digest} origin={origin} />
  const text = await render(mail, { plainText: true, htmlToTextOptions: { selectors: quietHeadings } })
  return { subject: subjectOf(digest), html: await render(mail), text }
}

/** Whether there is anything to say. */
export const saysAnything = ({ campaigns, remediations, news }: Digest): boolean =>
  campaigns.length > 0 || remediations.length > 0 || news.length > 0
