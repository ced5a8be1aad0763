import 'server-only'
import type { Actor } from '@/lib/access/model'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { isoOf } from '@/lib/registry/shapes'
import { defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { findMails, getMail, type MailRow } from './mails-store'
import { listMailsInput, type MailView, mailInput, mailRowSchema, mailSchema } from './model'

/** Whether somebody sees everybody's mails: who runs campaigns looks after those that fail. */
const seesAll = ({ role }: Actor) => role === 'admin' || role === 'governance_lead'

const nobody = '00000000-0000-0000-0000-000000000000'

const shown = (row: MailRow): MailView => ({
  ...{
    id: row.id,
    address: row.address,
    subject: row.subject,
    state: row.state,
    attempts: row.attempts,
    error: row.error,
  },
  to: { externalId: row.personExternalId, name: row.personName },
  createdAt: row.createdAt.toISOString(),
  ...{ sentAt: isoOf(row.sentAt), nextAttemptAt: isoOf(row.nextAttemptAt) },
})

const listMails = defineQuery({
  name: 'mails.list',
  summary: 'Mails that were sent or kept, the newest first: yours, or everybody’s for those who run campaigns',
  method: 'GET',
  path: '/mails',
  alwaysPresent: true,
  input: listMailsInput,
  output: pageOf(mailRowSchema),
  async handler({ db, actor }, { cursor, limit, whose, state }) {
    if (whose === 'all' && !seesAll(actor))
      throw new DomainError('forbidden', 'Everybody’s mails are for governance leads and admins.')
    const personId = whose === 'all' ? null : (actor.personId ?? nobody)
    const list = listName('mails', { personId, state })
    const rows = await findMails(db, { personId, state }, limit + 1, startOf(list, cursor))
    return cutPage(list, rows.map(shown), limit, ({ createdAt, id }) => [createdAt, id])
  },
})

const readMail = defineQuery({
  name: 'mails.get',
  summary: 'One mail as it was sent or kept',
  method: 'GET',
  path: '/mails/{id}',
  alwaysPresent: true,
  input: mailInput,
  output: mailSchema,
  async handler({ db, actor }, { id }) {
    const mail = await getMail(db, id)
    if (!mail || !(seesAll(actor) || mail.personId === actor.personId)) throw notFound('The mail')
    return { ...shown(mail), html: mail.html, text: mail.text }
  },
})

export const mailUseCases = { 'mails.list': listMails, 'mails.get': readMail }
