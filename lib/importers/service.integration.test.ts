import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { rebuildCells } from '@/lib/ownership/store'
import { runUseCase } from '@/lib/use-cases/run'
import type { ImportKind } from './model'
import { importUseCases } from './service'
import { all, estate, header, importing, none } from './testing/registry'

const { apply, preview, contents, run, database } = importing()

describe('imports.apply', () => {
  it('creates the whole estate, once: the same file again changes nothing', async () => {
    const first = await apply(estate)
    expect(first).toMatchObject({ created: all, updated: none, errors: [], conflicts: 0 })
    const before = await contents()
    const second = await apply(estate, { at: '2026-11-25T12:00:00Z' })
    expect(second).toMatchObject({
      created: none,
      updated: none,
      unchanged: all,
      missing: none,
      conflicts: 0,
      changes: [],
    })
    expect(await contents()).toEqual(before)
    const seen = await database().prisma.binding.findFirstOrThrow()
    expect(seen).toMatchObject({
      source: 'estate',
      risk: 'high',
      lastSeenAt: new Date('2026-11-25T12:00:00Z'),
      version: 1,
    })
    expect(await rebuildCells(database(), new Date('2026-11-25T12:00:00Z'))).toMatchObject({ cells: 0 })
  })

  it('writes one audit event and one run for everything in it', async () => {
    const { id } = await apply(estate)
    expect(await database().prisma.auditEvent.findMany()).toMatchObject([
      { action: 'imports.apply', subjectType: 'import', subjectId: id, actorName: 'importer' },
    ])
    const page = await runUseCase(importUseCases['imports.list'], {}, run({}))
    expect(page.rows).toMatchObject([{ id, kind: 'estate', files: ['estate.yaml'], summary: { created: all } }])
    const one = await runUseCase(importUseCases['imports.get'], { id }, run({}))
    expect(one.changes).toHaveLength(20)
    expect(one.changes[0]).toMatchObject({
      entity: 'people',
      key: 'ana',
      action: 'create',
      at: { file: 'estate.yaml', line: 5 },
    })
  })

  it('updates what the file says and leaves what it is silent on', async () => {
    await apply(estate)
    const report = await apply(`${header}agents: [{ slug: support-bot, name: Helper }]\n`)
    expect(report.updated).toEqual({ ...none, agents: 1 })
    expect(report.changes).toMatchObject([
      {
        entity: 'agents',
        key: 'support-bot',
        action: 'update',
        fields: [{ field: 'name', from: 'Support bot', to: 'Helper' }],
      },
    ])
    const agent = await database().prisma.agent.findUniqueOrThrow({ where: { slug: 'support-bot' } })
    expect(agent).toMatchObject({
      name: 'Helper',
      purpose: 'Answers',
      identityId: 'spiffe://example.org/bot',
      version: 2,
    })
  })

  it('deletes nothing: what an earlier file held is reported as missing', async () => {
    await apply(estate)
    const report = await apply(`${header}people: [{ id: ana, name: Ana Ruiz }]\n`)
    expect(report.missing).toMatchObject({ people: 1, teams: 2, agents: 2, bindings: 1, owners: 3, delegations: 1 })
    expect(report.missingNames.people).toEqual(['ben'])
    expect(await database().prisma.person.count()).toBe(2)
    const other = await apply('id,name,email\ncy,Cy,cy@example.org\n', { kind: 'csv', name: 'people.csv' })
    expect(other.missing).toEqual(none)
  })

  it('keeps what a person has edited, and says so', async () => {
    await apply(estate)
    await database().prisma.agent.update({
      where: { slug: 'support-bot' },
      data: { purpose: 'Answers calmly', editedFields: ['purpose'], version: 2 },
    })
    const report = await apply(estate.replace('Support bot', 'Helper'))
    expect(report).toMatchObject({ conflicts: 1, updated: { agents: 1 } })
    expect(report.warnings[0]).toMatchObject({ file: 'estate.yaml', line: 14, field: 'agents[0].purpose' })
    expect(report.changes).toContainEqual(
      expect.objectContaining({
        action: 'conflict',
        fields: [{ field: 'purpose', from: 'Answers calmly', to: 'Answers' }],
      }),
    )
    const agent = await database().prisma.agent.findUniqueOrThrow({ where: { slug: 'support-bot' } })
    expect(agent).toMatchObject({ name: 'Helper', purpose: 'Answers calmly' })
  })

  it('makes active what the file calls active, and names the layers that nobody owns there', async () => {
    const critical = estate.replace('state: active, intent', 'state: active, risk: critical, intent')
    expect((await apply(critical)).warnings).toEqual([
      {
        file: 'estate.yaml',
        line: 20,
        field: 'bindings[0]',
        message:
          'The binding "support-bot/crm@production" (critical risk) is active, and nobody owns Entitlement, Privilege',
      },
    ])
    expect((await apply(critical)).warnings).toEqual([])
    const many = Array.from(
      { length: 150 },
      (_, index) => `{ agent: planner, tool: crm, environment: e${index}, state: active }`,
    )
    const { warnings } = await apply(`${header}bindings: [${many.join(', ')}]\n`)
    expect(warnings).toHaveLength(100)
    expect(warnings.at(-1)).toMatchObject({ message: '51 more bindings are active with a layer that nobody owns' })
  })

  it('revokes with an agent or tool what it could reach, and shows so before', async () => {
    await apply(estate)
    await apply(`${header}bindings: [{ agent: planner, tool: crm, state: approved }]\n`)
    await database().prisma.binding.updateMany({ data: { editedFields: ['state'] } })
    const retired = `${header}agents: [{ slug: support-bot, name: Support bot, lifecycle: retired }]\n`
    const shown = await preview(retired)
    expect(shown.updated).toEqual({ ...none, agents: 1, bindings: 1 })
    expect(shown.changes[1]).toEqual({
      entity: 'bindings',
      key: 'support-bot/crm@production',
      action: 'update',
      fields: [{ field: 'state', from: 'active', to: 'revoked' }],
      at: { file: 'estate.yaml', line: 3 },
    })
    const { id: _, ...applied } = await apply(retired)
    expect(applied).toEqual(shown)
    const states = async () =>
      (await database().prisma.binding.findMany({ orderBy: { slug: 'asc' } })).map(({ state }) => state)
    expect(await states()).toEqual(['approved', 'revoked'])

    // A file that still calls the access active does not bring it back.
    const again = await apply(
      `${header}tools: [{ slug: crm, name: CRM, lifecycle: retired }]
bindings: [{ agent: planner, tool: crm, state: approved }, { agent: support-bot, tool: crm, state: active }]\n`,
    )
    expect(again.warnings.map(({ line, field }) => [line, field])).toEqual([
      [4, 'bindings[0].state'],
      [4, 'bindings[1].state'],
    ])
    expect(again.updated).toEqual({ ...none, tools: 1, bindings: 1 })
    expect(await states()).toEqual(['revoked', 'revoked'])
    expect(await database().prisma.gap.count({ where: { state: 'open', subjectSlug: 'crm' } })).toBe(0)
    expect(await rebuildCells(database(), new Date('2026-11-24T12:00:00Z'))).toMatchObject({ cells: 0 })
  })

  it('takes nothing back that a campaign has certified since, and believes a source that knows of a later day', async () => {
    await apply(estate)
    const { prisma } = database()
    const { slug } = await prisma.binding.findFirstOrThrow()
    const certified = {
      certifiedAt: new Date('2026-11-20T00:00:00Z'),
      certifiedBy: 'Ana',
      certifiedItemId: '019a0000-0000-7000-8000-000000000001',
      certificationLostAt: new Date('2026-11-22T00:00:00Z'),
    }
    await prisma.binding.update({ where: { slug }, data: certified })
    const again = (at: string) => apply(estate.replace('certifiedAt: 2026-10-01', `certifiedAt: ${at}`))

    expect(await again('2026-10-01')).toMatchObject({ updated: none, unchanged: all })
    expect(await prisma.binding.findFirst()).toMatchObject(certified)
    await again('2026-11-21')
    const forgotten = { certifiedBy: null, certifiedItemId: null }
    const { certificationLostAt } = certified
    const known = new Date('2026-11-21T00:00:00Z')
    expect(await prisma.binding.findFirst()).toMatchObject({ certifiedAt: known, certificationLostAt, ...forgotten })
    await again('2026-11-23')
    expect(await prisma.binding.findFirst()).toMatchObject({ certificationLostAt: null, ...forgotten })
  })

  it('ends an owner for another, and keeps one that was set by hand', async () => {
    await apply(estate)
    const moved = estate.replace('subject: crm, team: crm-team', 'subject: crm, team: iam, state: accepted')
    expect((await apply(moved, { at: '2026-11-25T12:00:00Z' })).updated.owners).toBe(1)
    const where = { layer: 'enforcement' }
    const owners = await database().prisma.assignment.findMany({ where, orderBy: { validFrom: 'asc' } })
    expect(owners).toMatchObject([
      { state: 'ended', validTo: new Date('2026-11-25T12:00:00Z') },
      {
        state: 'accepted',
        validFrom: new Date('2026-11-25T12:00:00Z'),
        replacesId: owners[0]?.id,
        decidedBy: 'estate file',
      },
    ])
    await database().prisma.assignment.update({ where: { id: String(owners[1]?.id) }, data: { source: 'person' } })
    expect(await apply(estate, { at: '2026-11-26T12:00:00Z' })).toMatchObject({ conflicts: 1, updated: { owners: 0 } })
    expect(await rebuildCells(database(), new Date('2026-11-26T12:00:00Z'))).toMatchObject({ cells: 0 })
  })
})

describe('imports.preview', () => {
  it('shows what applying will do, and does nothing', async () => {
    const shown = await preview(estate)
    expect(await database().prisma.person.count()).toBe(0)
    const { id: _, ...applied } = await apply(estate)
    expect({ ...applied, warnings: [] }).toEqual(shown)
  })
})

describe('each kind of source', () => {
  const sample = path.join(import.meta.dirname, '../../prisma/sample/inputs')
  const kinds: [ImportKind, keyof typeof all][] = [
    ['a2a', 'agents'],
    ['mcp-registry', 'tools'],
    ['mcp-tools', 'tools'],
    ['backstage', 'tools'],
  ]
  it.each(kinds)('%s imports, and changes nothing the second time', async (kind, collection) => {
    const folder = path.join(sample, kind)
    const files = readdirSync(folder).map((name) => ({
      name,
      contentBase64: readFileSync(path.join(folder, name)).toString('base64'),
    }))
    const first = await runUseCase(importUseCases['imports.apply'], { kind, files }, run({}))
    expect(first.created[collection]).toBeGreaterThan(0)
    const before = await contents()
    const second = await runUseCase(
      importUseCases['imports.apply'],
      { kind, files },
      run({ at: '2026-11-25T12:00:00Z' }),
    )
    expect(second).toMatchObject({ created: none, updated: none, missing: none, changes: [] })
    expect(await contents()).toEqual(before)
    const lifecycles = await database().prisma.agent.groupBy({ by: 'lifecycle' })
    expect(lifecycles.every(({ lifecycle }) => lifecycle === 'discovered')).toBe(true)
    const states = await database().prisma.assignment.groupBy({ by: 'state' })
    expect(states.every(({ state }) => state === 'proposed')).toBe(true)
  })

  it('a CSV of bindings and their owners', async () => {
    await apply(estate)
    const csv = 'agent,tool,environment,risk,privilege\nplanner,crm,test,low,iam\n'
    const report = await apply(csv, { kind: 'csv', name: 'bindings.csv' })
    expect(report.created).toMatchObject({ bindings: 1, owners: 1 })
    expect((await apply(csv, { kind: 'csv', name: 'bindings.csv' })).changes).toEqual([])
  })
})
