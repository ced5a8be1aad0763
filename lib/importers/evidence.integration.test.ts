import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { type Actor, systemActor } from '@/lib/access/model'
import { estate, header, importing, none, refusal } from './testing/registry'

const { apply, preview, database } = importing()
const prisma = () => database().prisma

describe('contracts in an estate', () => {
  const next = `{ tool: crm, version: 2, state: in_force, limits: { actions: [read, list] } }`
  const over = `{ tool: crm, version: 1, state: superseded }`

  it.each([
    ['the old one first', `contracts: [${over}, ${next}]`],
    ['the new one first', `contracts: [${next}, ${over}]`],
  ])('follow one another in one import, %s', async (_order, contracts) => {
    await apply(estate)
    const report = await apply(`${header}${contracts}\n`, { at: '2026-11-25T12:00:00Z' })
    expect([report.created.contracts, report.updated.contracts]).toEqual([1, 1])
    const at = new Date('2026-11-25T12:00:00Z')
    expect(await prisma().contract.findMany({ orderBy: { version: 'asc' } })).toMatchObject([
      { state: 'superseded', supersededAt: at, updatedAt: at, revision: 2 },
      { state: 'in_force', inForceAt: at, supersededAt: null, revision: 1 },
    ])
  })

  it('may change their limits while they are a draft, and not after', async () => {
    await apply(estate)
    const draft = (actions: string) =>
      `${header}contracts: [{ tool: crm, version: 2, limits: { actions: [${actions}] } }]\n`
    await apply(draft('read'))
    expect((await apply(draft('read, list'))).updated.contracts).toBe(1)
    await apply(`${header}contracts: [{ tool: crm, version: 2, state: signed_off }]\n`)
    expect((await refusal(apply(draft('read')))).message).toMatch(/Version 2 is signed_off and its limits stand/)
  })
})

describe('parity runs in an estate', () => {
  it('keep their answers in the order of the vectors, and by whose import they came', async () => {
    await apply(estate)
    const run = await prisma().parityRun.findFirstOrThrow({ include: { answers: { orderBy: { vector: 'asc' } } } })
    expect(run).toMatchObject({ trigger: 'import', state: 'finished', by: 'importer' })
    expect(run.answers.map(({ vectorName, vector, decision }) => [vectorName, vector, decision])).toEqual(
      expect.arrayContaining([
        ['reads', 0, null],
        ['reads', 0, true],
        ['erases', 1, true],
      ]),
    )
  })

  it('are never rewritten', async () => {
    await apply(estate)
    const other = estate.replace(
      'vector: erases, expected: false, decision: true',
      'vector: erases, expected: false, decision: false',
    )
    const { fields } = await refusal(apply(other))
    expect(fields[0]).toMatchObject({ message: expect.stringMatching(/what was answered then stands/) })
  })
})

describe('deputies in an estate', () => {
  const owner = (deputies: string) =>
    `${header}owners: [{ layer: identity, scope: organisation, team: iam, person: ana, ${deputies} state: accepted, since: 2026-01-01 }]\n`

  it('change with the file, and stay where it is silent', async () => {
    await apply(estate)
    const deputies = async () => (await prisma().assignmentDeputy.findMany()).length
    expect((await apply(owner(''))).unchanged.owners).toBe(1)
    expect(await deputies()).toBe(1)
    expect((await apply(owner('deputies: [],'))).changes).toMatchObject([
      { entity: 'owners', fields: [{ field: 'deputies', from: ['ben'], to: [] }] },
    ])
    expect(await deputies()).toBe(0)
  })

  it('are other people than the one they stand in for', async () => {
    await apply(estate)
    expect((await refusal(apply(owner('deputies: [ana],')))).message).toMatch(/cannot be their own deputy/)
    expect((await refusal(apply(owner('deputies: [zoe],')))).message).toMatch(/no person "zoe"/)
  })
})

describe('exceptions in an estate', () => {
  const account = (role: Actor['role'], personId: string | null): Actor => ({
    ...systemActor('Somebody'),
    kind: 'account',
    id: uuidv7(),
    role,
    personId,
  })
  const exception = (more: string) =>
    `${header}exceptions: [{ rule: owner-unconfirmed, subject: 'enforcement:tool:crm', reason: Reorganisation, approver: ana, ${more} }]\n`

  it('are about what their rule is placed on', async () => {
    await apply(estate)
    await apply(exception('expires: 2027-01-31'))
    const assignment = await prisma().assignment.findFirstOrThrow({ where: { layer: 'enforcement' } })
    const kept = await prisma().gapException.findFirstOrThrow({ where: { rule: 'owner-unconfirmed' } })
    expect(kept).toMatchObject({
      subjectType: 'assignment',
      subjectId: assignment.id,
      state: 'approved',
      decidedBy: 'Ana Ruiz',
    })
    const elsewhere = exception('expires: 2027-01-31').replace("'enforcement:tool:crm'", 'crm')
    const shown = await preview(elsewhere)
    expect(shown.errors).toMatchObject([
      { line: 3, field: 'exceptions[0].subject', message: expect.stringMatching(/no owner "crm"/) },
    ])
  })

  it('are accepted by those who may, and never by the one who asks; what stands already is nobody’s to refuse', async () => {
    await apply(estate)
    const ana = await prisma().person.findFirstOrThrow({ where: { externalId: 'ana' } })
    const asked = exception('expires: 2027-01-31')
    expect((await refusal(apply(asked, { actor: account('engineer', null) }))).message).toMatch(
      /decided by a governance lead/,
    )
    expect((await refusal(apply(asked, { actor: account('admin', ana.id) }))).message).toMatch(
      /Nobody approves what they ask for/,
    )
    await apply(asked, { actor: account('governance_lead', null) })
    const again = await apply(asked, { actor: account('engineer', null) })
    expect([again.unchanged.exceptions, again.updated]).toEqual([1, none])
    const longer = apply(exception('expires: 2027-03-31'), { actor: account('engineer', null) })
    expect((await refusal(longer)).message).toMatch(/decided by a governance lead/)
  })
})
