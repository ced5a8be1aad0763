import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { changesBetween } from '../diff'
import type { Finding, Severity } from '../model'
import { dayMs } from '../wording'
import { keptGapsOf, writeGapChanges } from './kept-gaps'

const opened = new Date('2026-11-01T00:00:00Z')
const day = (days: number) => new Date(opened.getTime() + days * dayMs)
const dueDays = { low: 180, medium: 90, high: 30, critical: 7 }

describe('the due date of a gap', () => {
  let made: TestDatabase
  let agentId: string
  beforeAll(async () => {
    made = await createTestDatabase()
    agentId = v7()
    await made.database.prisma.agent.create({
      data: {
        id: agentId,
        slug: 'bot',
        name: 'Bot',
        lifecycle: 'active',
        source: 'test',
        createdAt: opened,
        updatedAt: opened,
      },
    })
  })
  afterAll(() => made.drop())

  const rule = 'sponsor-left'
  const found = (severity: Severity): Finding => ({
    rule,
    subject: { type: 'agent', id: agentId },
    layer: null,
    pointId: null,
    severity,
    bindingIds: [],
    explanation: 'It has no sponsor.',
  })
  /** What an evaluation on this day makes of the gap, given what it finds. */
  async function evaluate(days: number, findings: Finding[], isExcepted = false) {
    const { database } = made
    const now = day(days)
    const context: UseCaseContext = { db: database, now, actor: systemActor('test'), newId: v7, requestId: 'test' }
    const changes = changesBetween(await keptGapsOf(database, rule), findings, () => isExcepted, now.getTime())
    await writeGapChanges(context, changes, dueDays)
    return await database.prisma.gap.findFirstOrThrow({ select: { dueAt: true, dueByHand: true, assigneeId: true } })
  }

  /** The policy says by when, a person may say otherwise, and a gap that is gone or accepted is not due. */
  it('follows the severity until somebody moves it by hand, and ends with the gap', async () => {
    const { prisma } = made.database
    expect(await evaluate(0, [found('high')])).toMatchObject({ dueAt: day(30), dueByHand: false })
    expect(await evaluate(3, [found('critical')])).toMatchObject({ dueAt: day(7) })

    await prisma.gap.updateMany({ data: { dueAt: day(50), dueByHand: true } })
    expect(await evaluate(4, [found('low')])).toMatchObject({ dueAt: day(50), dueByHand: true })

    expect(await evaluate(5, [])).toMatchObject({ dueAt: null, dueByHand: false })
    expect(await evaluate(10, [found('medium')])).toMatchObject({ dueAt: day(100), dueByHand: false })

    expect(await evaluate(11, [found('medium')], true)).toMatchObject({ dueAt: null })
    expect(await evaluate(20, [found('medium')])).toMatchObject({ dueAt: day(110) })
  })

  it('leaves the assignee alone whatever becomes of the gap', async () => {
    const { prisma } = made.database
    const id = v7()
    await prisma.person.create({
      data: { id, externalId: 'ana', name: 'Ana', source: 'test', createdAt: opened, updatedAt: opened },
    })
    await prisma.gap.updateMany({ data: { assigneeId: id } })
    expect(await evaluate(30, [])).toMatchObject({ assigneeId: id })
    expect(await evaluate(31, [found('low')])).toMatchObject({ assigneeId: id })
  })
})
