import type { MailState } from '@/lib/mail/model'
import classes from './mail.module.css'
import { mailStateWords } from './words'

/** The state of a mail, in words. */
export function MailStateMark({ state }: { state: MailState }) {
  const { title, tone } = mailStateWords[state]
  return (
    <span className={classes.state} data-tone={tone}>
      {title}
    </span>
  )
}
