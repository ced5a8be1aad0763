import { readFileSync } from 'node:fs'
import semver from 'semver'
import { describe, expect, it } from 'vitest'
import { readAudit } from './audit'
import { holesIn } from './known-holes'
import holes from './known-holes.json' with { type: 'json' }
import { licenceProblems } from './licences'
import { packagesIn, pinProblems } from './lock-file'

describe('known holes of the frameworks', () => {
  it.each([
    ['next', '15.2.2', 'CVE-2025-29927'],
    ['next', '16.0.6', 'CVE-2025-66478'],
    ['next', '14.2.14', 'CVE-2024-51479'],
    ['react-server-dom-webpack', '19.2.0', 'CVE-2025-55182'],
  ])('%s %s has %s', (name, version, hole) => {
    expect(holesIn([{ name, version }]).join()).toContain(hole)
  })

  it('are in no version that is installed', () => {
    expect(holesIn(packagesIn(readFileSync('package-lock.json', 'utf8')))).toEqual([])
  })

  it('are named by ranges that can be read, each with an advisory', () => {
    for (const hole of holes) {
      expect(semver.validRange(hole.vulnerable), hole.advisory).not.toBeNull()
      expect(hole.advisory).toMatch(/^(?:CVE-\d{4}-\d+, )?GHSA(?:-[a-z0-9]{4}){3}$/)
    }
  })
})

const report = JSON.stringify({
  vulnerabilities: {
    a: {
      via: [
        'b',
        {
          name: 'a',
          title: 'A hole',
          url: 'https://github.com/advisories/GHSA-xxxx-xxxx-xxxx',
          severity: 'high',
          range: '<2',
        },
      ],
    },
  },
})
const accepted = {
  advisory: 'GHSA-xxxx-xxxx-xxxx',
  package: 'a',
  reason: 'It is not reached from anywhere',
  until: '2027-01-31',
}

describe('what npm audit says', () => {
  it('is a problem unless it is accepted, and again when that has run out', () => {
    expect(readAudit(report, '2026-11-28', []).problems).toHaveLength(1)
    expect(readAudit(report, '2026-11-28', [accepted]).problems).toEqual([])
    expect(readAudit(report, '2027-02-01', [accepted]).problems[0]).toContain('accepted until 2027-01-31')
  })

  it.each(['', '{"message":"request failed"}', '<html>'])('is nothing when no registry answered: %j', (text) => {
    expect(readAudit(text, '2026-11-28', [])).toMatchObject({
      problems: [],
      note: expect.stringContaining('no registry'),
    })
  })
})

describe('licences', () => {
  const problems = (license: string | undefined, more = {}) =>
    licenceProblems([{ name: 'a', license, ...more }], () => undefined)

  it.each(['MIT', 'Apache-2.0 AND MIT', '(MIT OR GPL-3.0-only)'])('%s is free', (licence) => {
    expect(problems(licence)).toEqual([])
  })

  it.each(['GPL-3.0-only', 'SEE LICENSE IN LICENSE', 'MPL-2.0', undefined])('%s is not, for the product', (licence) => {
    expect(problems(licence)).toHaveLength(1)
  })

  it('of tools may be a little stricter', () => {
    expect(problems('MPL-2.0', { dev: true })).toEqual([])
  })
})

describe('pins', () => {
  it('are one version each, and what is fetched has a digest', () => {
    const loose = JSON.stringify({ dependencies: { a: '^1.0.0', b: '1.0.0' } })
    expect(pinProblems(loose, [{ name: 'b', version: '1.0.0' }])).toEqual([
      'package.json: a is ^1.0.0, which is not one version',
      'package-lock.json: b has no sha512 to check it by',
    ])
  })
})
