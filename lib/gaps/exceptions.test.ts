import { describe, expect, it } from 'vitest'
import { exceptedIn, exceptionFor } from './exceptions'
import { evidenceWays } from './indexed-evidence'
import type { Finding } from './model'
import type { ExceptionFact } from './picture'
import { days, exception, now, pictureOf, second } from './testing/facts'

const finding: Finding = {
  rule: 'contract-drift',
  subject: { type: 'tool', id: 't' },
  layer: 'enforcement',
  pointId: 'p',
  severity: 'high',
  bindingIds: [],
  explanation: 'Something is wrong.',
}
const accepted = (more: Partial<ExceptionFact> = {}) =>
  exception({ id: 'e', rule: 'contract-drift', subjectType: 'tool', subjectId: 't', ...more })

describe('an exception', () => {
  it.each<[string, Partial<ExceptionFact>, boolean]>([
    ['for the whole subject', {}, true],
    ['for the layer', { layer: 'enforcement' }, true],
    ['for another layer', { layer: 'privilege' }, false],
    ['for the point', { pointId: 'p' }, true],
    ['for another point', { pointId: 'q' }, false],
    ['for layer and point', { layer: 'enforcement', pointId: 'p' }, true],
    ['for the layer and another point', { layer: 'enforcement', pointId: 'q' }, false],
    ['for another rule', { rule: 'parity-broken' }, false],
    ['for another subject', { subjectId: 'u' }, false],
    ['for another kind of subject of that id', { subjectType: 'agent' }, false],
    ['a second before it expires', { expires: now + second }, true],
    ['as it expires', { expires: now }, false],
    ['a second after it expired', { expires: now - second }, false],
  ])('%s', (_, more, holds) => {
    expect(exceptionFor(finding, [accepted(more)], now)?.id ?? null).toBe(holds ? 'e' : null)
    const picture = evidenceWays(pictureOf({ exceptions: [accepted(more)] }))
    expect(exceptedIn(picture, now)(finding)).toBe(holds)
  })

  it('for one layer says nothing of a finding about none', () => {
    expect(exceptionFor({ ...finding, layer: null }, [accepted({ layer: 'enforcement' })], now)).toBeNull()
  })

  it('is the one that holds longest of several, whatever their order', () => {
    const several = [
      accepted({ id: 'short', expires: now + days(1) }),
      accepted({ id: 'b', expires: now + days(9) }),
      accepted({ id: 'a', expires: now + days(9) }),
      accepted({ id: 'over', expires: now - days(9) }),
    ]
    expect(exceptionFor(finding, several, now)?.id).toBe('a')
    expect(exceptionFor(finding, several.reverse(), now)?.id).toBe('a')
  })
})
