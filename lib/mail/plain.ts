import 'server-only'
import { type MailSettings, mailSettings } from './settings'
import { openTransport } from './transport'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Sends one mail in plain words, at once. @throws Error when it could not be handed over */
export async function mailTo(
  to: { name: string; address: string },
  subject: string,
  text: string,
  id: string,
  settings: MailSettings = mailSettings(),
): Promise<void> {
  if (!settings.server) throw new Error('No mail server is set (SMTP_URL)')
  const transport = openTransport(settings.server, settings.from)
  try {
    const messageId = `<${id}.${to.address.replace(/[^\w.-]/g, '.')}@${new URL(settings.origin).hostname}>`
    const handed = await transport.send({ messageId, to, subject, text, html: `<pre>${escaped(text)}</pre>` })
    if (handed.result !== 'sent') throw new Error(handed.error)
  } finally {
    transport.close()
  }
}
