import { v7 } from 'uuid'
import type { Db } from '@/lib/db/client'
import type { EstateChange } from '@/lib/estate/settle'
import { layerIds, layerOf } from '@/lib/layers'
import { ownershipScopes } from '@/lib/ownership/model'
import {
  agentLifecycles,
  autonomies,
  bindingStates,
  credentialTypes,
  decisionModes,
  knowns,
  pathModes,
  personStatuses,
  pointKinds,
  riskTiers,
  teamFunctions,
  teamStatuses,
} from '@/lib/registry/model'
import { dayMs } from '../wording'
import type { Random } from './random'
import { type Edit, evidenceEdits } from './random-evidence'

type Ids = [string, ...string[]]

/** A small estate in the database, and random edits of it that reach into every corner of the rules. */
export interface RandomEstate {
  /** Makes one random edit; returns what a command would hand to `settle`. */
  edit(db: Db, now: Date): Promise<EstateChange>
}

const madeOf = (size: number): Ids => [v7(), ...Array.from({ length: size - 1 }, () => v7())]
const source = 'test'
const later = (one: Date, other: Date) => new Date(Math.max(one.getTime(), other.getTime()))

/** Inserts people, teams, points, agents and tools, without bindings and owners: those come by edits. */
export async function seedRandomEstate({ prisma }: Db, random: Random, now: Date): Promise<RandomEstate> {
  const stamps = { source, createdAt: now, updatedAt: now }
  const people = madeOf(6)
  const teams = madeOf(4)
  const points = madeOf(5)
  const bound = madeOf(4)
  // Two of the agents never get a binding: what they own or lack shows in no cell.
  const agents: Ids = [...bound, ...madeOf(2)]
  const tools = madeOf(4)
  const named = (ids: Ids, noun: string) =>
    ids.map((id, index) => ({ id, slug: `${noun}-${index}`, name: `${noun} ${index}`, ...stamps }))
  await prisma.person.createMany({
    data: named(people, 'person').map(({ slug, ...person }) => ({ ...person, externalId: slug })),
  })
  await prisma.team.createMany({
    data: named(teams, 'team').map((team) => ({ ...team, function: 'business' as const })),
  })
  await prisma.enforcementPoint.createMany({
    data: named(points, 'point').map((point) => ({
      ...point,
      kind: random.pick(pointKinds),
      teamId: random.pick(teams),
    })),
  })
  await prisma.agent.createMany({
    data: named(agents, 'agent').map((agent) => ({ ...agent, lifecycle: random.pick(agentLifecycles) })),
  })
  await prisma.tool.createMany({
    data: named(tools, 'tool').map((tool) => ({ ...tool, applicationId: random.pick(points) })),
  })

  const maybe = (ids: Ids) => (random.chance(0.8) ? random.pick(ids) : null)
  const past = (now: Date) => new Date(now.getTime() - random.below(400) * dayMs)

  async function bindingOf(db: Db): Promise<string | null> {
    const rows = await db.prisma.binding.findMany({ select: { id: true }, orderBy: { slug: 'asc' } })
    const [first, ...rest] = rows.map((row) => row.id)
    return first === undefined ? null : random.pick([first, ...rest])
  }

  async function assignmentOf(db: Db): Promise<string | null> {
    const rows = await db.prisma.assignment.findMany({
      select: { id: true },
      where: { state: { in: ['proposed', 'accepted'] } },
      orderBy: { id: 'asc' },
    })
    const [first, ...rest] = rows.map((row) => row.id)
    return first === undefined ? null : random.pick([first, ...rest])
  }

  const editPerson: Edit = async (db) => {
    const id = random.pick(people)
    await db.prisma.person.update({
      where: { id },
      data: { status: random.pick(personStatuses), name: `person ${random.below(99)}` },
    })
    return { people: [id] }
  }

  const editTeam: Edit = async (db) => {
    const id = random.pick(teams)
    await db.prisma.team.update({
      where: { id },
      data: {
        status: random.pick(teamStatuses),
        function: random.pick(teamFunctions),
        name: `team ${random.below(99)}`,
      },
    })
    return { teams: [id] }
  }

  const editMembership: Edit = async (db) => {
    const key = { teamId: random.pick(teams), personId: random.pick(people) }
    const { count } = await db.prisma.membership.deleteMany({ where: key })
    if (count === 0) await db.prisma.membership.create({ data: key })
    return { teams: [key.teamId] }
  }

  const editPoint: Edit = async (db) => {
    const id = random.pick(points)
    await db.prisma.enforcementPoint.update({
      where: { id },
      data: {
        kind: random.pick(pointKinds),
        teamId: maybe(teams),
        independentPrivileges: random.pick(knowns),
        decisionEndpoint: random.chance(0.6) ? 'https://pdp.example.org' : null,
        name: `point ${random.below(99)}`,
      },
    })
    return { points: [id] }
  }

  const editAgent: Edit = async (db, now) => {
    const id = random.pick(agents)
    await db.prisma.agent.update({
      where: { id },
      data: {
        lifecycle: random.chance(0.6) ? 'active' : random.pick(agentLifecycles),
        sponsorId: maybe(people),
        autonomy: random.pick(autonomies),
        decisionLogSource: random.chance(0.6) ? 'siem' : null,
        decisionLogSeenAt: random.chance(0.8) ? new Date(now.getTime() - random.below(3) * dayMs) : null,
        name: `agent ${random.below(99)}`,
      },
    })
    return { agents: [id] }
  }

  const editTool: Edit = async (db) => {
    const id = random.pick(tools)
    await db.prisma.tool.update({
      where: { id },
      data: {
        applicationId: maybe(points),
        independentPrivileges: random.pick(knowns),
        name: `tool ${random.below(99)}`,
      },
    })
    return { tools: [id] }
  }

  const createBinding: Edit = async (db, now) => {
    const id = v7()
    const [agentId, toolId, environment] = [
      random.pick(agents),
      random.pick(tools),
      random.pick(['production', 'test']),
    ]
    const key = { agentId, toolId, environment }
    if (await db.prisma.binding.findUnique({ where: { agentId_toolId_environment: key } })) return {}
    await db.prisma.binding.create({
      data: {
        ...key,
        id,
        slug: `agent-${agents.indexOf(agentId)}/tool-${tools.indexOf(toolId)}@${environment}`,
        toolSlug: `tool-${tools.indexOf(toolId)}`,
        state: 'active',
        activeSince: past(now),
        risk: random.pick(riskTiers),
        source,
        createdAt: now,
        updatedAt: now,
      },
    })
    return { bindings: [id] }
  }

  const editBinding: Edit = async (db, now) => {
    const id = await bindingOf(db)
    if (id === null) return {}
    await db.prisma.binding.update({
      where: { id },
      data: {
        state: random.chance(0.6) ? 'active' : random.pick(bindingStates),
        activeSince: past(now),
        risk: random.pick(riskTiers),
        intentText: random.pick([null, '', 'Answers tickets']),
        intentApprovedAt: random.chance(0.5) ? past(now) : null,
        certifiedAt: random.chance(0.7) ? past(now) : null,
        certificationLostAt: random.chance(0.2) ? past(now) : null,
        unansweredAt: random.chance(0.3) ? past(now) : null,
        unansweredIn: 'a campaign',
        remediationDueAt: random.chance(0.3) ? past(now) : null,
        decisionMode: random.pick(decisionModes),
        credentialType: random.pick(credentialTypes),
        credentialLifetimeSeconds: random.pick([null, 900, 7200]),
        boundary: random.pick([null, 'a role that reads']),
        allowlistPresent: random.pick([null, false, true]),
        allowlistReviewedAt: random.chance(0.6) ? past(now) : null,
      },
    })
    return { bindings: [id] }
  }

  const editPath: Edit = async (db) => {
    const bindingId = await bindingOf(db)
    if (bindingId === null) return {}
    await db.prisma.pathStep.deleteMany({ where: { bindingId } })
    const steps = Array.from({ length: random.below(3) }, (_, position) => ({
      bindingId,
      position,
      pointId: random.pick(points),
      mode: random.pick(pathModes),
    }))
    await db.prisma.pathStep.createMany({ data: steps })
    return { bindings: [bindingId] }
  }

  async function subjectFor(db: Db) {
    const scope = random.pick(ownershipScopes)
    switch (scope) {
      case 'organisation':
        return { scope }
      case 'agent':
        return { scope, agentId: random.pick(agents) }
      case 'tool':
        return { scope, toolId: random.pick(tools) }
      case 'enforcement_point':
        return { scope, pointId: random.pick(points) }
      case 'binding': {
        const bindingId = await bindingOf(db)
        return bindingId === null ? null : { scope, bindingId }
      }
    }
  }

  const assign: Edit = async (db, now) => {
    const subject = await subjectFor(db)
    const layer = random.pick(layerIds)
    if (!subject || (subject.scope === 'organisation' && !layerOf(layer).inheritsFromOrganisation)) return {}
    const same = { layer, ...subject, state: { in: ['proposed' as const, 'accepted' as const] } }
    const before = await db.prisma.assignment.findMany({ where: same })
    for (const { id, validFrom } of before) {
      await db.prisma.assignment.update({
        where: { id },
        data: { state: 'ended', validTo: later(validFrom, now) },
      })
    }
    const id = v7()
    const free = before.reduce((latest, row) => later(latest, row.validFrom), now)
    await db.prisma.assignment.create({
      data: {
        id,
        layer,
        ...subject,
        teamId: random.pick(teams),
        personId: random.chance(0.5) ? random.pick(people) : null,
        state: random.pick(['proposed', 'accepted']),
        validFrom: random.chance(0.2) ? later(free, new Date(now.getTime() + 3 * dayMs)) : free,
        proposedAt: new Date(now.getTime() - random.below(30) * dayMs),
        setBy: source,
        reason: 'random',
        source,
      },
    })
    return { assignments: [...before.map((row) => row.id), id] }
  }

  const decide: Edit = async (db, now) => {
    const id = await assignmentOf(db)
    if (id === null) return {}
    const assignment = await db.prisma.assignment.findUniqueOrThrow({ where: { id } })
    const state = random.pick(['accepted', 'declined', 'declined', 'ended'] as const)
    const validTo = state === 'ended' ? { validTo: later(assignment.validFrom, now) } : {}
    await db.prisma.assignment.update({ where: { id }, data: { state, ...validTo } })
    return { assignments: [id] }
  }

  /** A campaign ends without an answer about an owner, or the next one has it. */
  const leaveUnanswered: Edit = async (db, now) => {
    const id = await assignmentOf(db)
    if (id === null) return {}
    const silence = random.chance(0.6)
      ? { unansweredAt: past(now), unansweredIn: 'a campaign' }
      : { unansweredAt: null }
    await db.prisma.assignment.update({ where: { id }, data: silence })
    return { assignments: [id] }
  }

  const edits: [Edit, ...Edit[]] = [
    editPerson,
    editTeam,
    editMembership,
    editPoint,
    editAgent,
    editTool,
    createBinding,
    createBinding,
    editBinding,
    editPath,
    assign,
    assign,
    assign,
    decide,
    decide,
    leaveUnanswered,
    ...evidenceEdits(random, { teams, points, agents, tools }),
  ]
  return { edit: (db, now) => random.pick(edits)(db, now) }
}
