import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from './catalog'
import { runUseCase } from './run'

/** What an engineer can do about a restricted agent and tool that they have no standing in: what they can do about nothing. */

let registry: TestRegistry
let engineer: Actor
const lead = actorWith('governance_lead')

beforeAll(async () => {
  registry = await testRegistry()
  const { run } = registry
  const { externalId } = await run(useCases['people.create'], { name: 'Chidi' })
  const { id: personId } = await registry.database.prisma.person.findFirstOrThrow({ where: { externalId } })
  engineer = actorWith('engineer', { personId })
  registry.become(lead)
  await run(useCases['agents.create'], { name: 'Veiled', restricted: true })
  await run(useCases['tools.create'], { name: 'Vault', restricted: true })
  await run(useCases['agents.create'], { name: 'Plain' })
  await run(useCases['tools.create'], { name: 'Ledger' })
  await run(useCases['bindings.create'], { agent: 'veiled', tool: 'ledger' })
  await run(useCases['bindings.create'], { agent: 'plain', tool: 'ledger' })
  await run(useCases['bindings.create'], { agent: 'plain', tool: 'vault' })
  await run(useCases['delegations.create'], { from: 'plain', to: 'veiled' })
  registry.become(engineer)
})
afterAll(() => registry.drop())

describe('an engineer without standing', () => {
  it.each([
    ['an agent', 'agents.update', { slug: 'veiled', version: 1, name: 'Mine' }],
    ['an agent', 'agents.transition', { slug: 'veiled', version: 1, to: 'active' }],
    ['a tool', 'tools.update', { slug: 'vault', version: 1, name: 'Mine' }],
    ['a binding', 'bindings.update', { binding: 'veiled/ledger@production', version: 1, risk: 'low' }],
    ['the tool of a new binding', 'bindings.create', { agent: 'plain', tool: 'vault', environment: 'staging' }],
    ['the agent of a new binding', 'bindings.create', { agent: 'veiled', tool: 'ledger', environment: 'staging' }],
    ['the end of a delegation', 'delegations.create', { from: 'veiled', to: 'plain' }],
    ['a contract', 'contracts.create', { tool: 'vault', author: 'nobody' }],
  ] as const)('is answered about %s (%s) as about what is not there', async (_, name, input) => {
    const never = JSON.parse(JSON.stringify(input).replaceAll('veiled', 'nevers').replaceAll('vault', 'never'))
    const asked = async (given: unknown) =>
      await refusalOf(
        runUseCase(useCases[name] as never, given as never, {
          database: registry.database,
          actor: engineer,
          now: registry.now(),
          newId: () => v7(),
          requestId: 'test',
        }),
      )
    const [hidden, absent] = [await asked(input), await asked(never)]
    expect(JSON.stringify(hidden).replaceAll('veiled', 'nevers').replaceAll('vault', 'never')).toBe(
      JSON.stringify(absent),
    )
  })

  it('cannot restrict anything, nor open it', async () => {
    expect(await refusalOf(registry.run(useCases['agents.create'], { name: 'Sly', restricted: true }))).toMatchObject({
      code: 'forbidden',
      fields: ['restricted'],
    })
    const plain = { slug: 'plain', version: 1, restricted: true }
    expect((await refusalOf(registry.run(useCases['agents.update'], plain))).code).toBe('forbidden')
  })

  it('is told of a slug that is taken no more than that', async () => {
    expect(await refusalOf(registry.run(useCases['agents.create'], { name: 'Another', slug: 'veiled' }))).toMatchObject(
      {
        code: 'conflict',
        message: '"veiled" is taken.',
      },
    )
    expect((await registry.run(useCases['agents.create'], { name: 'Veiled' })).slug).toBe('veiled-2')
  })

  it('imports nothing over it, and learns nothing of it', async () => {
    const file = (text: string) => [{ name: 'estate.yaml', contentBase64: Buffer.from(text).toString('base64') }]
    const taken = file('apiVersion: pentarch/v1\nkind: Estate\nagents:\n  - { slug: veiled, name: Overwritten }\n')
    const input = { kind: 'estate' as const, files: taken }
    const preview = await registry.run(useCases['imports.preview'], input)
    expect(JSON.stringify(preview)).not.toContain('Veiled')
    const refused = await refusalOf(registry.run(useCases['imports.apply'], input))
    expect(refused).toMatchObject({ code: 'conflict', message: 'An entry with this name or slug is there already.' })
    expect(await registry.database.prisma.agent.count({ where: { slug: 'veiled', name: 'Veiled' } })).toBe(1)
  })

  it('retires an agent with all its access, and is told of what they know', async () => {
    const { version } = await registry.run(useCases['agents.get'], { slug: 'plain' })
    const done = await registry.run(useCases['agents.transition'], { slug: 'plain', version, to: 'retired' })
    expect(done.revokedBindings).toEqual(['plain/ledger@production'])
    const held = await registry.database.prisma.binding.count({
      where: { agent: { slug: 'plain' }, state: { not: 'revoked' } },
    })
    expect(held).toBe(0)
  })

  it('gets no answer of before about what is hidden meanwhile', async () => {
    const made = () =>
      runUseCase(
        useCases['tools.create'],
        { name: 'Soon hidden' },
        {
          database: registry.database,
          actor: engineer,
          now: registry.now(),
          newId: () => v7(),
          requestId: 'test',
          idempotencyKey: 'once-and-again',
        },
      )
    await registry.database.prisma.account.create({
      data: { id: engineer.id ?? '', email: 'chidi@example.com', name: 'Chidi', role: 'engineer', passwordHash: 'x' },
    })
    const { slug, version } = await made()
    expect((await made()).slug).toBe(slug)
    registry.become(lead)
    await registry.run(useCases['tools.update'], { slug, version, restricted: true })
    registry.become(engineer)
    expect((await refusalOf(made())).code).toBe('not_found')
  })
})
