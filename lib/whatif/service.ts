import { z } from 'zod'
import { lockEstate } from '@/lib/estate/settle'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { answerTo } from './answer'
import { assertMayDo, carryOut } from './carry-out'
import { answerSchema, applyInput, supposedInput } from './model'
import { planOf } from './plan'
import { supposed } from './suppose'

const previewChange = defineQuery({
  name: 'whatif.preview',
  summary: 'What a change would come to: owners, gaps and contracts; writes nothing',
  method: 'POST',
  path: '/what-if',
  input: supposedInput,
  output: answerSchema,
  handler: async (context, { changes }) => answerTo(context, await supposed(context, changes)),
})

const applyChange = defineCommand({
  name: 'whatif.apply',
  summary: 'Do what was looked at, all of it or nothing',
  method: 'POST',
  path: '/what-if/apply',
  input: applyInput,
  output: answerSchema,
  async handler(context, { changes, fingerprint, reason }) {
    await lockEstate(context)
    const supposition = await supposed(context, changes)
    assertMayDo(context, supposition)
    const answer = await answerTo(context, supposition)
    if (answer.fingerprint !== fingerprint) {
      const message = 'The registry has changed since you looked, and so would what this comes to. Look again.'
      throw new DomainError('stale', message)
    }
    return { output: answer, event: await carryOut(context, supposition, changes, reason) }
  },
})

const planChange = defineQuery({
  name: 'whatif.plan',
  summary: 'A change as an estate file that does it when imported',
  method: 'POST',
  path: '/what-if/plan',
  input: supposedInput,
  output: z.object({ estate: z.string().describe('YAML') }),
  handler: async (context, { changes }) => ({
    estate: await planOf(context, await supposed(context, changes), changes),
  }),
})

export const whatIfUseCases = {
  'whatif.preview': previewChange,
  'whatif.apply': applyChange,
  'whatif.plan': planChange,
}
