import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, systemActor } from '@/lib/access/model'
import type { TeamFunction } from '@/lib/registry/model'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { registryUseCases } from '@/lib/registry/use-cases'
import { contractUseCases as use } from './service'

const create = registryUseCases

/** A registry with an application team, two security teams, and a tool with the application on its path. */
describe('policy contracts', () => {
  let registry: TestRegistry
  let engineer: Actor
  let author: Actor
  let signer: Actor
  let tool = ''
  let serial = 0

  /** An account with a person who is in these teams. */
  async function memberOf(name: string, teams: Partial<Record<string, TeamFunction>>, role: Actor['role'] = 'member') {
    registry.become(systemActor('the test'))
    const person = await registry.run(create['people.create'], { name })
    const leadOf = new Set<string>()
    for (const [slug, kind] of Object.entries(teams)) {
      const members = [{ person: person.externalId, role: 'lead' as const }]
      const team = await registry.run(create['teams.create'], {
        slug,
        name: slug,
        function: kind ?? 'business',
        members,
      })
      leadOf.add(team.id)
    }
    const account = await registry.database.prisma.account.create({
      data: {
        ...{ id: v7(), email: `${name.toLowerCase()}@example.org`, name, role, personId: person.id, passwordHash: 'x' },
        ...{ createdAt: registry.now() },
      },
    })
    return actorWith(role, { id: account.id, name, personId: person.id, leadOf })
  }

  const key = (version: number) => ({ tool, version })
  const get = (version: number) => registry.run(use['contracts.get'], key(version))
  const statesOf = async () =>
    (await registry.run(use['contracts.list'], { tool })).rows.map(({ version, state }) => `${version} ${state}`)
  async function draft(limits: object = { actions: ['read'] }, team = 'claims') {
    registry.become(engineer)
    return await registry.run(use['contracts.create'], { tool, author: team, limits })
  }
  async function move(name: 'sign' | 'activate', version: number, actor: Actor) {
    registry.become(actor)
    const { revision } = await get(version)
    return await registry.run(use[`contracts.${name}`], { ...key(version), revision })
  }
  async function inForce(limits?: object) {
    const { version, digest } = await draft(limits)
    await move('sign', version, signer)
    await move('activate', version, engineer)
    return { version, digest }
  }

  beforeAll(async () => {
    registry = await testRegistry()
    engineer = await memberOf('Engineer', {}, 'engineer')
    author = await memberOf('Author', { claims: 'application' })
    signer = await memberOf('Signer', { pam: 'pam' })
  })
  afterAll(() => registry.drop())
  beforeEach(async () => {
    registry.become(systemActor('the test'))
    serial += 1
    const point = await registry.run(create['points.create'], {
      name: `Core ${serial}`,
      kind: 'application',
      team: 'claims',
    })
    const made = await registry.run(create['tools.create'], { name: `Tool ${serial}` })
    const agent = await registry.run(create['agents.create'], { name: `Agent ${serial}` })
    await registry.run(create['bindings.create'], {
      ...{ agent: agent.slug, tool: made.slug, path: [{ point: point.slug, mode: 'enforces' as const }] },
    })
    tool = made.slug
  })

  it('go from draft to in force, and the one before is superseded in the same move', async () => {
    const first = await inForce()
    const second = await draft({ actions: ['read', 'write'] })
    expect(await statesOf()).toEqual(['2 draft', '1 in_force'])
    await move('sign', second.version, signer)
    await move('activate', second.version, engineer)
    expect(await statesOf()).toEqual(['2 in_force', '1 superseded'])
    const now = await get(2)
    expect(now).toMatchObject({
      model: 'application',
      signedOff: { person: { name: 'Signer' }, team: { slug: 'pam' } },
    })
    expect((await registry.eventsOf(second.id)).map(({ action, after }) => [action, after])).toMatchObject([
      ['contracts.create', { slug: `${tool}@v2`, digest: second.digest }],
      ['contracts.sign', { state: 'signed_off', digest: second.digest }],
      ['contracts.activate', { state: 'in_force', supersedes: 1, digest: second.digest }],
    ])
    expect(first.digest).not.toBe(second.digest)
  })

  it('begin from the one in force', async () => {
    await inForce({ actions: ['read'], approval: 'The lead' })
    registry.become(engineer)
    await registry.run(use['contracts.create'], { tool, author: 'claims' })
    expect((await get(2)).limits).toEqual({ actions: ['read'], approval: 'The lead' })
  })

  it('are edited as drafts alone, by who may write for the author, on what they read', async () => {
    const { version } = await draft()
    registry.become(author)
    const edit = (revision: number, limits: object) =>
      registry.run(use['contracts.update'], { ...key(version), revision, limits })
    await edit(1, { actions: ['pay'] })
    expect(await refusalOf(edit(1, { actions: ['other'] }))).toMatchObject({
      code: 'stale',
      message: expect.stringContaining('Author changed'),
      fields: ['digest', 'limits'],
    })
    registry.become(signer)
    expect(await refusalOf(edit(2, { actions: ['all'] }))).toMatchObject({ code: 'forbidden' })
    await move('sign', version, signer)
    registry.become(engineer)
    expect(await refusalOf(edit(3, { actions: ['all'] }))).toMatchObject({ code: 'wrong_state' })
    expect((await get(version)).may.edit).toMatch(/signed off/)
  })

  it('are never signed by who wrote any of them, nor by somebody of the author’s own team', async () => {
    const both = await memberOf(
      `Both${serial}`,
      { [`pam-${serial}`]: 'pam', [`app-${serial}`]: 'application' },
      'engineer',
    )
    const { version } = await draft()
    expect(await refusalOf(move('sign', version, author))).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('security team'),
    })
    expect(await refusalOf(move('sign', version, engineer))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(move('sign', version, actorWith('admin')))).toMatchObject({ code: 'forbidden' })
    // A security person who edits somebody else's draft has written it as well.
    registry.become(both)
    await registry.run(use['contracts.update'], { ...key(version), revision: 1, limits: { actions: ['pay'] } })
    expect(await refusalOf(move('sign', version, both))).toMatchObject({
      message: expect.stringContaining('You wrote part'),
    })
    const own = await draft({ actions: ['read'] }, `app-${serial}`)
    expect(await refusalOf(move('sign', own.version, both))).toMatchObject({
      message: expect.stringContaining(`You belong to app-${serial}`),
    })
    await move('sign', version, signer)
    expect(await refusalOf(move('sign', version, signer))).toMatchObject({ code: 'wrong_state' })
  })

  it('are signed as they were read: an edit in between is told', async () => {
    const { version } = await draft()
    registry.become(author)
    await registry.run(use['contracts.update'], { ...key(version), revision: 1, limits: { actions: ['all'] } })
    registry.become(signer)
    const sign = registry.run(use['contracts.sign'], { ...key(version), revision: 1 })
    expect(await refusalOf(sign)).toMatchObject({ code: 'stale' })
  })

  it('are put in force once, whoever presses at the same time', async () => {
    const one = await draft()
    const two = await draft({ actions: ['write'] })
    for (const { version } of [one, two]) await move('sign', version, signer)
    registry.become(engineer)
    const activate = (version: number) => registry.run(use['contracts.activate'], { ...key(version), revision: 2 })
    const results = await Promise.allSettled([activate(2), activate(2), activate(1)])
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(2)
    expect((await statesOf()).filter((state) => state.endsWith('in_force'))).toEqual(['2 in_force'])
    expect(await refusalOf(activate(2))).toMatchObject({ code: 'wrong_state' })
  })

  it('are discarded with a reason, and nobody attests to what never counted', async () => {
    const { version, digest } = await draft()
    await registry.run(use['contracts.discard'], { ...key(version), revision: 1, reason: 'Not wanted' })
    expect(await get(version)).toMatchObject({ state: 'superseded', discarded: true })
    const attest = registry.run(use['attestations.create'], { point: `core-${serial}`, tool, digest })
    expect(await refusalOf(attest)).toMatchObject({ code: 'refused', fields: ['digest'] })
    registry.become(actorWith('auditor'))
    expect(await refusalOf(registry.run(use['contracts.create'], { tool, author: 'claims' }))).toMatchObject({
      code: 'forbidden',
    })
  })

  it('are counted by who writes them', async () => {
    const before = (await registry.run(use['contracts.counts'], {})).inForce
    await inForce()
    const made = await draft({ actions: ['central'] }, 'pam')
    expect((await registry.run(use['contracts.list'], { tool, model: 'central' })).rows).toMatchObject([
      { version: made.version, model: 'central' },
    ])
    expect((await registry.run(use['contracts.list'], { tool, model: 'application,central' })).rows).toHaveLength(2)
    expect((await registry.run(use['contracts.counts'], {})).inForce.application).toBe(before.application + 1)
  })

  it('page by key, the newest version of each tool first', async () => {
    for (let count = 0; count < 3; count += 1) await draft({ actions: [`a${count}`] })
    const first = await registry.run(use['contracts.list'], { tool, limit: 2 })
    const rest = await registry.run(use['contracts.list'], { tool, limit: 2, cursor: first.next ?? '' })
    expect([...first.rows, ...rest.rows].map(({ version }) => version)).toEqual([3, 2, 1])
    expect(rest.next).toBeNull()
  })

  it('are compared in words and line by line', async () => {
    await inForce()
    await draft({ actions: ['read', 'pay'] })
    const diff = await registry.run(use['contracts.diff'], { ...key(2), against: 1 })
    expect(diff.changes).toEqual([{ kind: 'added', field: 'actions', text: 'Action "pay" is new' }])
    expect(diff.rows.some(({ same }) => !same)).toBe(true)
    expect(await refusalOf(registry.run(use['contracts.diff'], { ...key(2), against: 9 }))).toMatchObject({
      code: 'not_found',
    })
  })

  describe('attested', () => {
    const attest = (digest: string, more: object = {}) =>
      registry.run(use['attestations.create'], { point: `core-${serial}`, tool, digest, ...more })
    const standing = async () => (await registry.run(use['attestations.standing'], { tool })).rows

    it('say what a point enforces, and whether that is what is in force', async () => {
      const first = await inForce()
      expect(await standing()).toMatchObject([{ status: 'none', enforces: false, inForce: { version: 1 } }])
      registry.become(engineer)
      expect(await attest(`SHA256:${first.digest.toUpperCase()}`, { note: 'Deployed' })).toMatchObject({
        inForce: true,
        version: 1,
      })
      expect(await standing()).toMatchObject([{ status: 'match', attestation: { by: 'Engineer', source: 'person' } }])
      const second = await inForce({ actions: ['write'] })
      expect(await standing()).toMatchObject([{ status: 'mismatch' }])
      registry.wait(60)
      expect((await attest(first.digest)).message).toContain('version 2 is in force, so this shows as drift')
      expect(await standing()).toMatchObject([{ status: 'mismatch', attestation: { version: 1 } }])
      registry.wait(60)
      await attest(second.digest)
      expect(await standing()).toMatchObject([{ status: 'match', attestation: { version: 2 } }])
      registry.wait(91 * 86_400)
      expect(await standing()).toMatchObject([{ status: 'stale' }])
      const { rows, next } = await registry.run(use['attestations.list'], { tool, limit: 2 })
      expect(rows.map(({ version }) => version)).toEqual([2, 1])
      const rest = await registry.run(use['attestations.list'], { tool, limit: 2, cursor: next ?? '' })
      expect(rest.rows).toMatchObject([{ version: 1, note: 'Deployed', point: { slug: `core-${serial}` } }])
    })

    it('by a token bear its name', async () => {
      const { digest } = await inForce()
      const scopes = new Set(['attest', 'read'] as const)
      registry.become({ ...engineer, kind: 'token', tokenName: 'Pipeline', scopes })
      await attest(digest)
      expect(await standing()).toMatchObject([{ attestation: { by: 'Pipeline', source: 'token' } }])
      registry.become({ ...engineer, kind: 'token', scopes: new Set(['read'] as const) })
      expect(await refusalOf(attest(digest))).toMatchObject({ code: 'forbidden' })
    })

    it('never to a digest that is no contract of the tool: the refusal names those there are', async () => {
      registry.become(engineer)
      expect((await refusalOf(attest('0'.repeat(64)))).message).toContain('nothing to attest to')
      const { digest } = await inForce()
      const open = await draft({ actions: ['later'] })
      for (const wrong of ['0'.repeat(64), open.digest]) {
        const refusal = await refusalOf(attest(wrong))
        expect(refusal).toMatchObject({ code: 'refused', fields: ['digest'] })
        expect(refusal.message).toContain(`version 1 (in force) ${digest}`)
      }
      expect(await refusalOf(attest('abc'))).toMatchObject({ code: 'invalid_input', fields: ['digest'] })
    })

    it('only where calls to the tool pass, by who runs the point or builds', async () => {
      const { digest } = await inForce()
      registry.become(systemActor('the test'))
      const aside = await registry.run(create['points.create'], { name: `Aside ${serial}`, kind: 'gateway' })
      registry.become(engineer)
      expect(await refusalOf(attest(digest, { point: aside.slug }))).toMatchObject({
        code: 'refused',
        fields: ['point'],
      })
      registry.become(signer)
      expect(await refusalOf(attest(digest))).toMatchObject({ code: 'forbidden' })
      registry.become(author)
      await attest(digest)
      expect(await standing()).toMatchObject([{ status: 'match', attestation: { by: 'Author' } }])
    })
  })
})
