import { v7 } from 'uuid'
import { contractStates } from '@/lib/contracts/model'
import type { Db } from '@/lib/db/client'
import type { EstateChange } from '@/lib/estate/settle'
import { layerIds } from '@/lib/layers'
import type { GapSubjectType } from '../model'
import { rules } from '../rules'
import { dayMs } from '../wording'
import type { Random } from './random'

/** One edit in the database; returns what a command would hand to `settle`. */
export type Edit = (db: Db, now: Date) => Promise<EstateChange>

type Ids = readonly [string, ...string[]]

/** What the random estate is made of. */
export interface Parts {
  teams: Ids
  points: Ids
  agents: Ids
  tools: Ids
}

const changeOf: Record<GapSubjectType, (id: string) => EstateChange> = {
  agent: (id) => ({ agents: [id] }),
  tool: (id) => ({ tools: [id] }),
  binding: (id) => ({ bindings: [id] }),
  assignment: (id) => ({ assignments: [id] }),
  log: (id) => ({ logs: [id] }),
}

/** Random edits of what is delegated, signed, attested, tried, logged and excepted. */
export function evidenceEdits(random: Random, { teams, points, agents, tools }: Parts): readonly Edit[] {
  const maybe = (ids: Ids) => (random.chance(0.7) ? random.pick(ids) : null)
  const past = (now: Date, days = 120) => new Date(now.getTime() - random.below(days) * dayMs)
  const someOf = <T>([first, ...rest]: readonly T[]): T | null =>
    first === undefined ? null : random.pick([first, ...rest])

  const delegate: Edit = async ({ prisma }) => {
    const key = { fromAgentId: random.pick(agents), toAgentId: random.pick(agents) }
    if (key.fromAgentId === key.toAgentId) return {}
    const { count } = await prisma.delegation.deleteMany({ where: key })
    if (count === 0)
      await prisma.delegation.create({ data: { ...key, id: v7(), source: 'test', createdAt: new Date(0) } })
    return { agents: [key.fromAgentId, key.toAgentId] }
  }

  const writeContract: Edit = async ({ prisma }, now) => {
    const toolId = random.pick(tools)
    const state = random.pick(['in_force', 'in_force', ...contractStates] as const)
    if (state === 'in_force') {
      await prisma.contract.updateMany({ where: { toolId, state }, data: { state: 'superseded' } })
    }
    const vectors = random.chance(0.7) ? { vectors: [{ name: 'one' }] } : {}
    await prisma.contract.create({
      data: {
        id: v7(),
        toolId,
        version: (await prisma.contract.count({ where: { toolId } })) + 1,
        state,
        authorTeamId: maybe(teams),
        signedOffTeamId: maybe(teams),
        limits: vectors,
        digest: random.pick(['d1', 'd2']),
        createdAt: now,
        updatedAt: now,
      },
    })
    return { tools: [toolId] }
  }

  const moveContract: Edit = async ({ prisma }) => {
    const contract = someOf(await prisma.contract.findMany({ orderBy: { id: 'asc' } }))
    if (!contract) return {}
    const { id, toolId } = contract
    const state = random.pick(contractStates)
    if (state === 'in_force') {
      await prisma.contract.updateMany({ where: { toolId, state, id: { not: id } }, data: { state: 'superseded' } })
    }
    await prisma.contract.update({ where: { id }, data: { state, signedOffTeamId: maybe(teams) } })
    return { tools: [toolId] }
  }

  const attest: Edit = async ({ prisma }, now) => {
    const contract = someOf(await prisma.contract.findMany({ orderBy: { id: 'asc' } }))
    if (!contract) return {}
    const key = { pointId: random.pick(points), toolId: contract.toolId, contractId: contract.id }
    const at = past(now)
    const more = { id: v7(), receivedAt: now, source: 'person' as const, by: 'test' }
    await prisma.attestation.createMany({ data: [{ ...key, at, ...more }], skipDuplicates: true })
    return { tools: [key.toolId] }
  }

  const askPoints: Edit = async ({ prisma }, now) => {
    const contract = someOf(await prisma.contract.findMany({ orderBy: { id: 'asc' } }))
    if (!contract) return {}
    const { toolId, id: contractId } = contract
    const state = random.pick(['finished', 'finished', 'finished', 'running', 'failed'] as const)
    const startedAt = past(now, 50)
    const runId = v7()
    const finishedAt = state === 'running' ? null : startedAt
    await prisma.parityRun.create({
      data: { id: runId, toolId, contractId, trigger: 'hand', state, by: 'test', startedAt, finishedAt },
    })
    const asked = points.filter(() => random.chance(0.5))
    await prisma.parityAnswer.createMany({
      data: asked.flatMap((pointId) =>
        Array.from({ length: random.below(6) }, (_, vector) => {
          const decision = random.pick([true, true, true, true, false, null])
          const error = decision === null ? 'no answer' : null
          return { runId, pointId, vector, vectorName: `vector ${vector}`, expected: true, decision, error }
        }),
      ),
    })
    return { tools: [toolId] }
  }

  const logDecision: Edit = async ({ prisma }, now) => {
    const toolId = random.pick(tools)
    const inForce = await prisma.contract.findFirst({ where: { toolId, state: 'in_force' } })
    const key = { pointId: random.pick(points), toolId, requestDigest: random.pick(['r1', 'r2', 'r3', 'r4']) }
    const heard = {
      decision: random.chance(0.5),
      decidedAt: past(now),
      contradiction: inForce && random.chance(0.5) ? `request ${key.requestDigest} is denied by the contract` : null,
      contractId: inForce?.id ?? null,
    }
    await prisma.decisionSample.upsert({
      where: { pointId_toolId_requestDigest: key },
      create: { ...key, ...heard, id: v7(), request: {}, receivedAt: now, source: 'test' },
      update: heard,
    })
    return { tools: [toolId] }
  }

  const except: Edit = async ({ prisma }, now) => {
    const gap = someOf(await prisma.gap.findMany({ where: { state: { not: 'resolved' } }, orderBy: { id: 'asc' } }))
    const subjectType = gap?.subjectType ?? random.pick(['agent', 'tool'])
    const subjectId = gap?.subjectId ?? random.pick(subjectType === 'agent' ? agents : tools)
    const rule = gap?.rule ?? someOf(rules)?.id ?? ''
    await prisma.gapException.create({
      data: {
        id: v7(),
        rule,
        subjectType,
        subjectId,
        subject: 'random',
        layer: random.chance(0.4) ? (gap?.layer ?? random.pick(layerIds)) : null,
        pointId: random.chance(0.3) ? (gap?.pointId ?? null) : null,
        reason: 'random',
        state: random.pick(['approved', 'approved', 'approved', 'asked']),
        askedBy: 'test',
        decidedBy: 'Ben',
        expires: new Date(now.getTime() + (random.below(14) - 4) * dayMs),
        createdAt: now,
      },
    })
    return changeOf[subjectType](subjectId)
  }

  const endException: Edit = async ({ prisma }) => {
    const exception = someOf(await prisma.gapException.findMany({ orderBy: { id: 'asc' } }))
    if (!exception) return {}
    const state = random.pick(['approved', 'withdrawn', 'refused'] as const)
    await prisma.gapException.update({ where: { id: exception.id }, data: { state } })
    return changeOf[exception.subjectType](exception.subjectId)
  }

  return [
    delegate,
    delegate,
    delegate,
    writeContract,
    moveContract,
    attest,
    askPoints,
    logDecision,
    except,
    except,
    endException,
  ]
}
