import 'server-only'
import { z } from 'zod'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { policyOf } from '@/lib/settings/store'
import { defineQuery } from '@/lib/use-cases/define'
import { campaignKinds } from '../model'
import { certificationSchema, certificationsInput } from './certification-model'
import { findBindingCertifications, findOwnershipCertifications, type StoredCertification } from './certification-store'

const find = { access: findBindingCertifications, ownership: findOwnershipCertifications }
const keySchema = z.tuple([z.enum(campaignKinds), z.string()])
/** Access first. */
const order = ['access', 'ownership'] as const

const listCertifications = defineQuery({
  name: 'certifications.list',
  summary: 'The last certification of every binding and ownership: by whom, when, until when, in which campaign',
  method: 'GET',
  path: '/certifications',
  input: certificationsInput,
  output: pageOf(certificationSchema),
  async handler({ db, now }, { cursor, limit, ...filter }) {
    const list = listName('certifications', filter)
    const start = startOf(list, cursor)
    const [from, after] = start === null ? [filter.kind ?? order[0], null] : keySchema.parse(start)
    const cadence = (await policyOf(db)).gaps.cadenceDays
    const kinds = order.slice(order.indexOf(from)).filter((kind) => filter.kind === undefined || kind === filter.kind)
    const rows: StoredCertification[] = []
    for (const kind of kinds) {
      const room = limit + 1 - rows.length
      if (room === 0) break
      rows.push(...(await find[kind](db, { filter, cadence, now, after: kind === from ? after : null, limit: room })))
    }
    return cutPage(list, rows, limit, ({ kind, key }) => [kind, key])
  },
})

export const certificationUseCases = { 'certifications.list': listCertifications }
