import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'

const reason = 'Mended in the weekly round'

describe('mending', () => {
  let registry: TestRegistry
  beforeEach(async () => {
    registry = await testRegistry()
    for (const externalId of ['ana', 'ben', 'gus'])
      await registry.run(useCases['people.create'], { externalId, name: `Person ${externalId}` })
    const teams = [
      ['iam', 'iam', 'ana'],
      ['pam', 'pam', 'ana'],
      ['crm-team', 'application', 'ben'],
      ['edge-team', 'platform', 'gus'],
    ] as const
    for (const [slug, teamFunction, person] of teams) {
      const members = [{ person, role: 'lead' as const }]
      await registry.run(useCases['teams.create'], { slug, name: `Team ${slug}`, function: teamFunction, members })
    }
    await registry.run(useCases['points.create'], { slug: 'edge', name: 'Edge', kind: 'gateway', team: 'edge-team' })
    await registry.run(useCases['points.create'], {
      slug: 'crm-app',
      name: 'CRM core',
      kind: 'application',
      team: 'crm-team',
    })
    await registry.run(useCases['tools.create'], { slug: 'crm', name: 'CRM', application: 'crm-app' })
    await estate()
  })
  afterEach(() => registry.drop())

  /** Two active agents on the one tool, behind the gateway. */
  const estate = async () => {
    const agents = ['bot', 'bat'].map((slug) => ({ slug, name: slug, sponsor: 'ana', lifecycle: 'active' }))
    const bindings = agents.map(({ slug }) => ({
      agent: slug,
      tool: 'crm',
      state: 'active',
      risk: 'high',
      path: [
        { point: 'edge', mode: 'enforces' },
        { point: 'crm-app', mode: 'enforces' },
      ],
    }))
    const text = JSON.stringify({ apiVersion: 'pentarch/v1', kind: 'Estate', agents, bindings })
    const files = [{ name: 'estate.json', contentBase64: Buffer.from(text).toString('base64') }]
    await registry.run(useCases['imports.apply'], { kind: 'estate', files })
  }
  const mendable = async () => (await registry.run(useCases['ownership.mendable'], {})).rows
  const theGap = async (layer: string, subject: string) => {
    const found = (await mendable()).find(({ at }) => at.layer === layer && at.subject === subject)
    if (!found) throw new Error(`No gap on ${layer} of ${subject}`)
    return found
  }
  const assign = (
    team: string,
    layer: 'identity' | 'privilege' | 'enforcement',
    scope: 'agent' | 'tool',
    subject: string,
  ) => registry.run(useCases['assignments.create'], { targets: [{ layer, scope, subject }], team, reason })
  const teamsOf = ({ suggestions }: { suggestions: { team: { slug: string } }[] }) =>
    suggestions.map(({ team }) => team.slug)

  it('suggests the team that runs the application for enforcement, and not the one that runs the gateway', async () => {
    const gap = await theGap('enforcement', 'crm')
    expect(gap.suggestions[0]).toMatchObject({
      team: { slug: 'crm-team' },
      reasons: ['Runs CRM core, where the work happens', 'Usually held by application teams'],
    })
    const edge = await registry.run(useCases['points.get'], { slug: 'crm-app' })
    await registry.run(useCases['points.update'], { slug: 'crm-app', version: edge.version, team: 'edge-team' })
    expect(teamsOf(await theGap('enforcement', 'crm'))).not.toContain('edge-team')
  })

  it('suggests who owns the layer next door, before the function that usually holds it', async () => {
    expect(teamsOf(await theGap('identity', 'bot'))).toEqual(['iam'])
    await assign('crm-team', 'identity', 'agent', 'bat')
    expect(teamsOf(await theGap('identity', 'bot'))).toEqual(['crm-team', 'iam'])
  })

  it('does not suggest a team that declined the very cell, nor one that is dissolved or empty', async () => {
    const { assignments } = await assign('pam', 'privilege', 'tool', 'crm')
    const pam = await registry.run(useCases['teams.get'], { slug: 'pam' })
    registry.become(actorWith('member', { leadOf: new Set([pam.id]) }))
    await registry.run(useCases['assignments.decline'], { id: String(assignments[0]?.id), reason: 'Not ours' })
    registry.become(actorWith('governance_lead'))
    expect(teamsOf(await theGap('privilege', 'crm'))).not.toContain('pam')
    const iam = await registry.run(useCases['teams.get'], { slug: 'iam' })
    await registry.run(useCases['teams.update'], { slug: 'iam', version: iam.version, status: 'dissolved' })
    expect(teamsOf(await theGap('identity', 'bot'))).toEqual([])
  })

  it('suggests the owner itself with its lead, where only the accountable person left', async () => {
    await registry.run(useCases['assignments.create'], {
      targets: [{ layer: 'privilege', scope: 'tool', subject: 'crm' }],
      team: 'pam',
      person: 'ben',
      reason,
    })
    const { version } = await registry.run(useCases['people.get'], { person: 'ben' })
    await registry.run(useCases['people.update'], { person: 'ben', version, status: 'left' })
    const gap = await theGap('privilege', 'crm')
    expect(gap).toMatchObject({ rule: 'owner-orphaned', owner: 'Team pam' })
    expect(gap.suggestions[0]).toMatchObject({ team: { slug: 'pam' }, person: { externalId: 'ana' } })
  })

  it('mends many at once with one event, closes the gaps, and takes them all back at once', async () => {
    const gaps = await mendable()
    const before = await registry.database.prisma.auditEvent.count()
    registry.become(actorWith('governance_lead'))
    const items = gaps.flatMap(({ id, expected, suggestions: [likely] }) => {
      return likely ? [{ gap: id, team: likely.team.slug, expected }] : []
    })
    expect(items.length).toBeGreaterThan(3)
    const { assignments } = await registry.run(useCases['ownership.mend'], { items, reason })
    expect(assignments).toHaveLength(items.length)
    expect(await registry.database.prisma.auditEvent.count()).toBe(before + 1)
    expect((await mendable()).map(({ id }) => id)).toEqual(
      gaps.filter(({ id }) => !items.some(({ gap }) => gap === id)).map(({ id }) => id),
    )
    await registry.run(useCases['assignments.undo'], { ids: assignments.map(({ id }) => id) })
    expect((await mendable()).map(({ id }) => id).sort()).toEqual(gaps.map(({ id }) => id).sort())
  })

  /** Two people mend the same cell: the second is told, and nothing of theirs is written. */
  it('refuses the whole when one of its cells was mended meanwhile', async () => {
    const [one, other] = [await theGap('identity', 'bot'), await theGap('identity', 'bat')]
    const item = ({ id, expected }: typeof one, team: string) => ({ gap: id, team, expected })
    await registry.run(useCases['ownership.mend'], { items: [item(one, 'iam')], reason })
    const second = registry.run(useCases['ownership.mend'], { items: [item(other, 'pam'), item(one, 'pam')], reason })
    expect(await refusalOf(second)).toMatchObject({
      code: 'stale',
      message: expect.stringContaining('identity:agent:bot'),
    })
    expect((await theGap('identity', 'bat')).state).toBe('open')
  })

  it('refuses to take back what the team has answered since', async () => {
    registry.become(actorWith('governance_lead'))
    const gap = await theGap('identity', 'bot')
    const items = [{ gap: gap.id, team: 'iam', expected: gap.expected }]
    const { assignments } = await registry.run(useCases['ownership.mend'], { items, reason })
    const ids = assignments.map(({ id }) => id)
    const mender = actorWith('governance_lead')
    const iam = await registry.run(useCases['teams.get'], { slug: 'iam' })
    registry.become(actorWith('member', { name: 'Ana', leadOf: new Set([iam.id]) }))
    await registry.run(useCases['assignments.accept'], { id: String(ids[0]) })
    registry.become(mender)
    expect((await refusalOf(registry.run(useCases['assignments.undo'], { ids }))).code).toBe('refused')
  })

  it('refuses a gap that naming an owner does not mend, and who may not name owners', async () => {
    const { rows } = await registry.run(useCases['gaps.list'], { rule: 'boundary-missing,intent-missing' })
    const items = [{ gap: String(rows[0]?.id), team: 'iam', expected: null }]
    expect((await refusalOf(registry.run(useCases['ownership.mend'], { items, reason }))).code).toBe('not_found')
    const gap = await theGap('identity', 'bot')
    registry.become(actorWith('member', { personId: '01900000-0000-7000-8000-000000000000' }))
    const own = [{ gap: gap.id, team: 'iam', expected: null }]
    expect((await refusalOf(registry.run(useCases['ownership.mend'], { items: own, reason }))).code).toBe('forbidden')
  })

  it('answers for cells by name as for gaps', async () => {
    const gap = await theGap('enforcement', 'crm')
    const cells = [{ layer: 'enforcement' as const, scope: 'tool' as const, subject: 'crm' }]
    const byName = await registry.run(useCases['ownership.suggest'], { cells })
    const byGap = await registry.run(useCases['ownership.suggest'], { gaps: [gap.id] })
    expect(byName.rows[0]?.suggestions).toEqual(gap.suggestions)
    expect(byGap.rows[0]).toMatchObject({ gap: gap.id, subject: 'crm', suggestions: gap.suggestions })
    expect((await refusalOf(registry.run(useCases['ownership.suggest'], {}))).code).toBe('invalid_input')
  })
})
