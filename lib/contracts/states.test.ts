import { describe, expect, it } from 'vitest'
import { type ContractStanding, can, modelOf, type Signer, signingTeam, wasDiscarded } from './states'

const appTeam = { id: 'app', name: 'Claims', function: 'application' as const }
const pam = { id: 'pam', name: 'PAM', function: 'pam' as const }
const iam = { id: 'iam', name: 'IAM', function: 'iam' as const }
const platform = { id: 'platform', name: 'Platform', function: 'platform' as const }

const standing = (more: Partial<ContractStanding> = {}): ContractStanding => ({
  version: 2,
  state: 'draft',
  isEmpty: false,
  author: appTeam,
  inForceVersion: 1,
  ...more,
})
const signer = (teams: Signer['teams'], more: Partial<Signer> = {}): Signer => ({
  accountId: 'me',
  personId: 'p',
  teams,
  ...more,
})
const writers = (accountIds: string[] = ['somebody'], personIds: string[] = []) => ({
  accountIds: new Set(accountIds),
  personIds: new Set(personIds),
})

describe('the life of a contract', () => {
  it('goes draft → signed off → in force → superseded and no other way', () => {
    const moves = (state: ContractStanding['state']) =>
      (['edit', 'sign', 'activate', 'discard'] as const).filter((move) => can[move](standing({ state })) === true)
    expect(moves('draft')).toEqual(['edit', 'sign', 'discard'])
    expect(moves('signed_off')).toEqual(['activate', 'discard'])
    expect(moves('in_force')).toEqual([])
    expect(moves('superseded')).toEqual([])
  })

  it('never goes back past a version that is in force', () => {
    const older = { version: 2, inForceVersion: 3 }
    expect(can.sign(standing(older))).toMatch(/^Version 3 is in force already/)
    expect(can.activate(standing({ ...older, state: 'signed_off' }))).toMatch(/^Version 3 is in force already/)
    expect(can.activate(standing({ version: 2, inForceVersion: null, state: 'signed_off' }))).toBe(true)
  })

  it('has nothing to sign without limits', () => {
    expect(can.sign(standing({ isEmpty: true }))).toMatch(/sets no limit/)
  })

  it('tells what was given up from what was in force', () => {
    const at = new Date()
    expect(wasDiscarded({ state: 'superseded', inForceAt: null, supersededAt: at })).toBe(true)
    expect(wasDiscarded({ state: 'superseded', inForceAt: at, supersededAt: at })).toBe(false)
    // Came superseded with an import.
    expect(wasDiscarded({ state: 'superseded', inForceAt: null, supersededAt: null })).toBe(false)
  })
})

describe('a signature', () => {
  it('is given by a person of a security team', () => {
    expect(signingTeam(standing(), signer([pam]), writers())).toEqual({ teamId: 'pam' })
    expect(signingTeam(standing(), signer([platform]), writers())).toMatch(/^Only a person of a security team/)
    expect(signingTeam(standing(), signer([]), writers())).toMatch(/^Only a person of a security team/)
    expect(signingTeam(standing(), signer([pam], { personId: null }), writers())).toMatch(/belongs to no person/)
  })

  it('is never given by who wrote any of it, by account or by person', () => {
    expect(signingTeam(standing(), signer([pam]), writers(['me']))).toMatch(/^You wrote part of it/)
    expect(signingTeam(standing(), signer([pam]), writers(['other'], ['p']))).toMatch(/^You wrote part of it/)
  })

  it('of an application team’s contract comes from outside that team, whatever else the signer belongs to', () => {
    expect(signingTeam(standing(), signer([appTeam, pam]), writers())).toMatch(/^You belong to Claims/)
    expect(signingTeam(standing({ author: platform }), signer([pam, platform]), writers())).toMatch(
      /^You belong to Platform/,
    )
  })

  it('of a security team’s contract may come from a colleague, and rather from another team', () => {
    expect(signingTeam(standing({ author: pam }), signer([pam]), writers())).toEqual({ teamId: 'pam' })
    expect(signingTeam(standing({ author: pam }), signer([pam, iam]), writers())).toEqual({ teamId: 'iam' })
  })
})

it('a contract follows the central model when a security or platform team authored it', () => {
  expect([pam, iam, platform, appTeam, { function: 'business' as const }, null].map(modelOf)).toEqual([
    ...['central', 'central', 'central', 'application', 'application'],
    null,
  ])
})
