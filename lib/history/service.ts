import { z } from 'zod'
import { defineQuery } from '@/lib/use-cases/define'
import { beginningOf } from './look-back-store'

const span = defineQuery({
  name: 'history.span',
  summary: 'How far back the registry can be looked at',
  method: 'GET',
  path: '/history/span',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({
    beginning: z.iso
      .datetime()
      .nullable()
      .describe('The first instant of which anything is known; null when nothing has happened'),
    now: z.iso.datetime(),
  }),
  async handler({ db, now }) {
    return { beginning: (await beginningOf(db))?.toISOString() ?? null, now: now.toISOString() }
  },
})

export const historyUseCases = { 'history.span': span }
