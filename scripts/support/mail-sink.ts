import { appendFile, writeFile } from 'node:fs/promises'
import { startSmtpSink } from '@/lib/mail/testing'
import type { Teardown } from './teardown'

/** A mail server for end-to-end tests. What arrives stands in `file`, one mail a line, as e2e/support/mail.ts reads it. */
export async function startMailSink(teardown: Teardown, file: string): Promise<{ url: string }> {
  await writeFile(file, '')
  let writing = Promise.resolve()
  const sink = await teardown.hold(
    startSmtpSink({
      onMail(mail) {
        // One after the other, so that lines stay whole.
        writing = writing.then(() => appendFile(file, `${JSON.stringify(mail)}\n`))
      },
    }),
    async (held) => {
      await held.close()
      await writing
    },
  )
  return { url: sink.url }
}
