import { expect, it } from 'vitest'
import { severities } from '../model'
import { findRule, rules } from '.'

it('knows every rule of the design, in its order', () => {
  expect(rules.map(({ id }) => id)).toEqual([
    'layer-unowned',
    'owner-orphaned',
    'owner-unconfirmed',
    'sponsor-left',
    'front-door-only',
    'downstream-unvalidated',
    'contract-missing',
    'contract-unsigned',
    'contract-drift',
    'parity-broken',
    'duties-concentrated',
    'delegation-hole',
    'allowlist-unreviewed',
    'standing-credential',
    'boundary-missing',
    'static-decision',
    'intent-missing',
    'monitoring-blind',
    'recertification-overdue',
    'review-unanswered',
    'remediation-overdue',
    'shadow-agent',
    'log-mismatch',
    'exception-expired',
  ])
})

it('finds a rule by its id', () => {
  for (const rule of rules) expect(findRule(rule.id)).toBe(rule)
  expect(findRule('no-such-rule')).toBeUndefined()
})

it.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s says when, why and how to mend it, in sentences',
  (_, rule) => {
    for (const text of [rule.when, rule.why, rule.fix]) expect(text).toMatch(/^[A-Z].+\.$/)
    expect(rule.placedOn.length).toBeGreaterThan(0)
    const { low, medium, high } = rule.severityByRisk
    expect(severities.indexOf(low)).toBeLessThanOrEqual(severities.indexOf(medium))
    expect(severities.indexOf(medium)).toBeLessThanOrEqual(severities.indexOf(high))
  },
)
