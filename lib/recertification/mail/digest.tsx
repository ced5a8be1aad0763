import 'server-only'
import { render } from '@react-email/render'
import type { MailContent } from '@/lib/mail/outbox-store'
import { DigestMail } from './digest-mail'
import { subjectOf } from './digest-words'
import type { Digest } from './model'

/** The mail that tells a digest, as HTML and as plain text. */
export async function contentOf(digest: Digest, origin: string): Promise<MailContent> {
  const mail = <DigestMail digest={digest} origin={origin} />
  return { subject: subjectOf(digest), html: await render(mail), text: await render(mail, { plainText: true }) }
}

/** Whether there is anything to say. */
export const saysAnything = ({ campaigns, remediations, news }: Digest): boolean =>
  campaigns.length > 0 || remediations.length > 0 || news.length > 0
