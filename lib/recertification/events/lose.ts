import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { upToSchema } from './respond'
import { countWaiting, handleEvents, loseCertifications } from './store'

/**
 * Takes the certifications away that something happened to since the last time, whether or not a template asks about
 * them again at once: what was certified is not what is there any more, and that is a gap until somebody looks.
 */
export const loseCertified = defineCommand({
  name: 'certifications.lose',
  summary: 'Take certifications away that no longer hold',
  method: 'POST',
  path: '/certifications/lost',
  input: z.strictObject({ upTo: upToSchema }),
  output: z.object({ lost: z.number().int() }),
  async handler(context, { upTo }) {
    await lockEstate(context)
    const { db, now } = context
    const events = await countWaiting(db, upTo)
    const bindings = await loseCertifications(db, upTo)
    const handled = await handleEvents(db, upTo, now)
    if (handled === 0) throw new DomainError('conflict', 'These events have been acted upon already.')
    if (bindings.length > 0) await settle(context, { bindings })
    return {
      output: { lost: bindings.length },
      event: { subjectType: 'certifications', subjectId: 'all', after: { events, bindings: bindings.length } },
    }
  },
})
