import { expect, it } from 'vitest'
import { evaluateAll } from '../evaluate'
import { gapPolicySchema } from '../model'
import type { LogFact, Picture } from '../picture'
import { pictureOf } from '../testing/facts'
import { logMismatch } from './log-mismatch'

const context = { now: 0, policy: gapPolicySchema.parse({}) }
const found = (log?: LogFact) => {
  const picture: Picture = { ...pictureOf({}), ...(log && { log }) }
  return evaluateAll(picture, context, [logMismatch])
}

it('is critical, whatever was found, and says where first', () => {
  const log = { id: 'log-1', findings: 2, first: 'Event 7: its action is not the one that was logged' }
  expect(found(log)).toMatchObject([
    {
      ...{ rule: 'log-mismatch', subject: { type: 'log', id: 'log-1' }, layer: null, severity: 'critical' },
      explanation:
        'The last verification found 2 places where the audit log is not what was logged. The first: Event 7: its action is not the one that was logged.',
    },
  ])
})

it('finds nothing in a log that is as it was, nor where there is none', () => {
  expect(found({ id: 'log-1', findings: 0, first: null })).toEqual([])
  expect(found()).toEqual([])
})
