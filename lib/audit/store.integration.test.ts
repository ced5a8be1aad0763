import { bytesToHex } from '@noble/hashes/utils.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { committed } from '@/lib/transparency/committed'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { writeChanges } from './change-store'
import { erased, openedColumns } from './opening-store'
import { appendAuditEvent, findAuditEvents } from './store'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.drop())

const salt = (number: number) => new Uint8Array(32).fill(number)
const personId = '018f4c3e-0000-7000-8000-0000000000aa'
let numbers = 0
const newId = () => {
  numbers += 1
  return `018f4c3e-0000-7000-8000-${String(numbers).padStart(12, '0')}`
}

const context = (): UseCaseContext => ({
  actor: actorWith('governance_lead', { id: newId(), name: 'Farid "Rahmani"\n' }),
  db: registry.database,
  newId,
  now: registry.now(),
  requestId: 'r',
})

const entry = {
  subjectType: 'person',
  subjectId: personId,
  before: { name: 'Hana', manager: null },
  after: { name: 'Hana Kim', manager: 'mei' },
  reason: 'Married on 1 May – \u007f\u2028 “said so”.',
}

describe('an audit event', () => {
  it('holds no personal value, and reads as it was written', async () => {
    let salts = 0
    const newSalt = () => {
      salts += 1
      return salt(salts)
    }
    await appendAuditEvent(context(), 'people.update', entry, newSalt)
    const [stored] = await registry.database.prisma.auditEvent.findMany()
    expect(JSON.stringify(stored, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toMatch(
      /Hana|Farid|Married/,
    )
    expect(stored).toMatchObject({
      actorName: null,
      reason: null,
      actorNameCommitted: committed('Farid "Rahmani"\n', salt(1)).$committed,
      reasonCommitted: committed(entry.reason, salt(2)).$committed,
      before: { name: committed('Hana', salt(3)), manager: null },
      after: { name: committed('Hana Kim', salt(4)), manager: 'mei' },
    })
    const [event] = await findAuditEvents(registry.database, {}, null, 1)
    expect(event).toMatchObject({ ...entry, actorName: 'Farid "Rahmani"\n' })
    const openings = await registry.database.prisma.auditOpening.findMany({ orderBy: { pointer: 'asc' } })
    expect(openings.map(({ pointer, salt: kept }) => [pointer, bytesToHex(kept)])).toEqual([
      ['/actor/name', bytesToHex(salt(1))],
      ['/after/name', bytesToHex(salt(4))],
      ['/before/name', bytesToHex(salt(3))],
      ['/reason', bytesToHex(salt(2))],
    ])
  })

  it('is opened in SQL just the same, and says what was erased', async () => {
    const told = openedColumns('e')
    const read = () =>
      registry.database.query(sql`SELECT ${told.actorName} AS "actorName", ${told.reason} AS reason,
        ${told.before} AS before, ${told.after} AS after FROM audit_event e`)
    expect(await read()).toEqual([
      { actorName: 'Farid "Rahmani"\n', reason: entry.reason, before: entry.before, after: entry.after },
    ])
    await registry.database.execute(
      sql`DELETE FROM audit_opening WHERE pointer IN ('/actor/name', '/reason', '/after/name')`,
    )
    expect(await read()).toMatchObject([
      { actorName: erased, reason: null, before: entry.before, after: { name: committed('Hana Kim', salt(4)) } },
    ])
    const [event] = await findAuditEvents(registry.database, {}, null, 1)
    expect(event).toMatchObject({ actorName: erased, reason: null, after: { name: null, manager: 'mei' } })
  })

  it('keeps personal values of the records it changed apart as well', async () => {
    const eventId = newId()
    await writeChanges(registry.database, eventId, [
      { subjectType: 'person', subjectId: personId, after: { name: 'Wei Zhang', email: 'wei@example.org' } },
      { subjectType: 'team', subjectId: personId, after: { name: 'Platform' } },
    ])
    const changes = await registry.database.query<{ after: unknown; opened: unknown }>(
      sql`SELECT after, audit_opened(event_id, after) AS opened FROM audit_change ORDER BY id`,
    )
    expect(JSON.stringify(changes.map(({ after }) => after))).not.toContain('Wei')
    expect(changes.map(({ opened }) => opened)).toEqual([
      { name: 'Wei Zhang', email: 'wei@example.org' },
      { name: 'Platform' },
    ])
  })

  it('refuses text that is not Unicode', async () => {
    const broken = appendAuditEvent(context(), 'people.update', { ...entry, reason: 'half \ud800' })
    expect(await refusalOf(broken)).toMatchObject({ code: 'invalid_input' })
  })

  it('can have openings erased, never changed', async () => {
    const { database } = registry
    await expect(database.execute(sql`UPDATE audit_opening SET value = '1'`)).rejects.toThrow('refused')
    await expect(database.execute(sql`TRUNCATE audit_opening`)).rejects.toThrow('refused')
  })
})
