import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf, type TestRegistry, testRegistry } from '../testing'
import { registryUseCases as use } from '../use-cases'

describe('routing many bindings through one point', () => {
  let registry: TestRegistry
  let count = 0
  beforeAll(async () => {
    registry = await testRegistry()
    for (const name of ['Edge', 'Hub']) await registry.run(use['points.create'], { name, kind: 'gateway' })
    await registry.run(use['points.create'], { name: 'CRM app', kind: 'application' })
    for (const name of ['One', 'Two', 'Three']) await registry.run(use['agents.create'], { name })
  })
  afterAll(() => registry.drop())

  /** A tool of its own, called by three agents; the bindings' slugs. */
  async function calledTool(application: string | null = 'crm-app') {
    const { slug: tool } = await registry.run(use['tools.create'], { name: `Tool ${++count}`, application })
    const bindings: string[] = []
    for (const agent of ['one', 'two', 'three'])
      bindings.push((await registry.run(use['bindings.create'], { agent, tool })).slug)
    return { tool, bindings: bindings.sort() }
  }
  const pathOf = async (binding: string) =>
    (await registry.run(use['bindings.get'], { binding })).path.map(({ point, mode }) => `${point.slug} ${mode}`)
  const setPath = (binding: string, ...points: string[]) =>
    registry.run(use['bindings.update'], { binding, version: 1, path: points.map((point) => ({ point })) })
  const reason = 'The gateway is in service'

  it('changes what does not pass it yet, once, with one event, and is taken back', async () => {
    const { tool, bindings } = await calledTool()
    const [known = '', passing = '', unknown = ''] = bindings
    await setPath(known, 'hub', 'crm-app')
    await setPath(passing, 'edge', 'crm-app')
    const route = { tools: [tool], point: 'edge' }
    const preview = await registry.run(use['bindings.previewRoute'], route)
    expect(preview).toEqual({
      total: 3,
      changes: 2,
      already: 1,
      refused: 0,
      refusals: [],
      examples: [known, unknown],
    })
    const done = await registry.run(use['bindings.route'], { ...route, expected: 2, reason })
    expect(done).toEqual({ changed: 2, already: 1, bindings: [known, unknown] })
    expect(await pathOf(known)).toEqual(['edge enforces', 'hub unknown', 'crm-app unknown'])
    expect(await pathOf(passing)).toEqual(['edge unknown', 'crm-app unknown'])
    expect(await pathOf(unknown)).toEqual(['edge enforces', 'crm-app unknown'])
    expect(await registry.run(use['bindings.get'], { binding: known })).toMatchObject({
      version: 3,
      editedFields: ['path'],
    })
    const edge = await registry.run(use['points.get'], { slug: 'edge' })
    expect((await registry.eventsOf(edge.id)).at(-1)).toMatchObject({
      action: 'bindings.route',
      after: { slug: 'edge', routed: [known, unknown], mode: 'enforces', position: 'first' },
      reason,
    })

    const undone = { bindings: done.bindings, point: 'edge', remove: true, reason: 'Taken back' }
    expect(await registry.run(use['bindings.route'], undone)).toMatchObject({ changed: 2 })
    expect(await pathOf(known)).toEqual(['hub unknown', 'crm-app unknown'])
    expect(await pathOf(passing)).toEqual(['edge unknown', 'crm-app unknown'])
  })

  it('stands before the application when asked to', async () => {
    const { bindings } = await calledTool()
    const [binding = ''] = bindings
    await setPath(binding, 'hub', 'crm-app')
    const position = 'before_application' as const
    await registry.run(use['bindings.route'], { bindings: [binding], point: 'edge', position, mode: 'unknown', reason })
    expect(await pathOf(binding)).toEqual(['hub unknown', 'edge unknown', 'crm-app unknown'])
  })

  it('is whole or not at all', async () => {
    const fine = await calledTool()
    const stuck = await calledTool(null)
    const route = { tools: [fine.tool, stuck.tool], point: 'edge' }
    const preview = await registry.run(use['bindings.previewRoute'], route)
    expect(preview).toMatchObject({ total: 6, changes: 3, refused: 3 })
    const refusal = await refusalOf(registry.run(use['bindings.route'], { ...route, reason }))
    expect(refusal).toMatchObject({ code: 'refused' })
    expect(refusal.message).toContain('Nothing was changed.')
    expect(await pathOf(fine.bindings[0] ?? '')).toEqual([])
  })

  it('leaves out what is revoked, and refuses what cannot be meant', async () => {
    const { tool, bindings } = await calledTool()
    const [gone = ''] = bindings
    await registry.run(use['bindings.transition'], { binding: gone, version: 1, to: 'revoked' })
    const route = { tools: [tool], point: 'edge', reason }
    expect(await registry.run(use['bindings.previewRoute'], { tools: [tool], point: 'edge' })).toMatchObject({
      total: 2,
    })
    const refusals = {
      invalid_input: { ...route, bindings },
      not_found: { ...route, tools: ['no-such-tool'] },
      stale: { ...route, expected: 7 },
    }
    for (const [code, input] of Object.entries(refusals))
      expect(await refusalOf(registry.run(use['bindings.route'], input))).toMatchObject({ code })
    const { tools: _tools, ...withoutTools } = route
    for (const [code, named] of [
      ['not_found', ['one/no-such-tool@production']],
      ['refused', [gone]],
    ] as const)
      expect(
        await refusalOf(registry.run(use['bindings.route'], { ...withoutTools, bindings: [...named] })),
      ).toMatchObject({ code })
    await registry.run(use['bindings.route'], route)
    expect(await refusalOf(registry.run(use['bindings.route'], route))).toMatchObject({
      message: 'Nothing would change: the paths are so already.',
    })
  })

  it('shows the contract each point attests to, and where the chain of trust breaks', async () => {
    const { tool, bindings } = await calledTool()
    const [binding = ''] = bindings
    await registry.run(use['bindings.route'], { bindings: [binding], point: 'edge', reason })
    const { prisma } = registry.database
    const { id: toolId } = await prisma.tool.findUniqueOrThrow({ where: { slug: tool } })
    const { id: pointId } = await prisma.enforcementPoint.findUniqueOrThrow({ where: { slug: 'edge' } })
    const at = registry.now()
    const times = { createdAt: at, updatedAt: at }
    const [first, second] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002']
    const contract = { toolId, limits: {}, ...times }
    await prisma.contract.create({ data: { id: first, ...contract, version: 1, state: 'superseded', digest: 'old' } })
    await prisma.contract.create({ data: { id: second, ...contract, version: 2, state: 'in_force', digest: 'new' } })
    const attestation = { pointId, toolId, at, receivedAt: at, source: 'person' as const, by: 'Ana' }
    await prisma.attestation.create({ data: { id: first, ...attestation, contractId: first } })
    const detail = await registry.run(use['bindings.get'], { binding })
    expect(detail.contract).toEqual({ version: 2, digest: 'new' })
    expect(detail.path).toMatchObject([
      { attestation: { digest: 'old', contractVersion: 1, at: at.toISOString(), by: 'Ana' }, standing: 'mismatch' },
      { attestation: null, standing: 'none' },
    ])
    expect(detail.breaks.map(({ before, rule }) => [before, rule])).toEqual([
      [0, 'contract-drift'],
      [1, 'downstream-unvalidated'],
      [1, 'front-door-only'],
    ])
    registry.wait(1)
    await prisma.attestation.create({
      data: { id: second, ...attestation, contractId: second, at: registry.now(), receivedAt: registry.now() },
    })
    expect((await registry.run(use['bindings.get'], { binding })).path[0]).toMatchObject({ standing: 'match' })
  })
})
