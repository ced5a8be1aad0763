import { v7 } from 'uuid'
import { toJson } from '@/lib/audit/model'
import type { Prisma } from '@/lib/db/generated/client'
import { settle } from '@/lib/estate/settle'
import { layerIds } from '@/lib/layers'
import type { RiskTier } from '@/lib/registry/model'
import { actorWith, type TestRegistry } from '@/lib/registry/testing'
import { dayAfter, dayIn, endOfDay } from '@/lib/time/calendar'
import { useCases } from '@/lib/use-cases/catalog'
import { type Definition, definitionSchema, type ReviewerReason, type Standing } from './model'
import type { AccessPicture, OwnershipPicture } from './picture'

const named = (slug: string) => ({ slug, name: slug })

/** What an access item was like at the start, as far as a test does not say. */
export function accessPicture(
  facts: Partial<AccessPicture['facts']> = {},
  seen: Partial<AccessPicture['seen']> = {},
): AccessPicture {
  return {
    facts: {
      agent: named('claims-bot'),
      tool: named('crm'),
      environment: 'production',
      purpose: 'Answers claims',
      autonomy: 'supervised',
      sponsor: named('ben'),
      classification: 'internal',
      independentPrivileges: 'no',
      risk: 'medium',
      intent: 'Look up the claimant',
      actions: ['read'],
      decisionMode: 'runtime',
      credentialType: 'short_lived',
      credentialLifetimeSeconds: 900,
      boundary: 'read-only role',
      path: [],
      owners: layerIds.map((layer) => ({ layer, status: 'owned', team: named('cloud'), person: named('ben') })),
      ...facts,
    },
    seen: { lastUsedAt: null, certifiedAt: null, certifiedBy: null, gaps: [], gapCount: 0, ...seen },
  }
}

/** The same of an ownership item. */
export function ownershipPicture(
  facts: Partial<OwnershipPicture['facts']> = {},
  seen: Partial<OwnershipPicture['seen']> = {},
): OwnershipPicture {
  return {
    facts: {
      layer: 'identity',
      scope: 'agent',
      subject: named('claims-bot'),
      team: named('cloud'),
      person: named('ben'),
      state: 'accepted',
      since: '2026-01-01T00:00:00.000Z',
      setBy: 'the test',
      reason: 'For the test',
      ...facts,
    },
    seen: { lastUsedAt: null, certifiedAt: null, certifiedBy: null, gaps: [], gapCount: 0, bindings: 1, ...seen },
  }
}

/**
 * A small estate for campaigns: the team `cloud`, which `ana` leads and `ben` answers for; the team `risk`, which `cara`
 * (ana's manager) leads; `dan`, who owns campaigns; `eve`, who has nothing to do with any of it; and active bindings of
 * agents of their own to one tool, all five layers owned by cloud.
 */
export async function smallEstate(registry: TestRegistry, bindings = 4) {
  const { run, database, now } = registry
  const mark = v7().slice(-8)
  const person = async (name: string, manager?: string) => ({
    name,
    ...(await run(useCases['people.create'], {
      name,
      externalId: `${name}-${mark}`,
      email: `${name}-${mark}@example.org`,
      ...(manager && { manager }),
    })),
  })
  const cara = await person('cara')
  const ana = await person('ana', cara.externalId)
  const ben = await person('ben', ana.externalId)
  const dan = await person('dan')
  const eve = await person('eve')
  const cloud = await run(useCases['teams.create'], {
    name: `cloud ${mark}`,
    function: 'platform',
    members: [
      { person: ana.externalId, role: 'lead' },
      { person: ben.externalId, role: 'member' },
    ],
  })
  const risk = await run(useCases['teams.create'], {
    name: `risk ${mark}`,
    function: 'iga',
    members: [{ person: cara.externalId, role: 'lead' }],
  })
  const tool = await run(useCases['tools.create'], { name: `crm ${mark}`, kind: 'api' })
  const at = now()
  const made = Array.from({ length: bindings }, (_, index) => ({
    agent: v7(),
    binding: v7(),
    name: `bot ${index} ${mark}`,
  }))
  const agentSlug = (name: string) => name.replaceAll(' ', '-')
  await database.prisma.agent.createMany({
    data: made.map(({ agent, name }) => ({
      id: agent,
      slug: agentSlug(name),
      name,
      sponsorId: ben.id,
      lifecycle: 'active' as const,
      source: 'person',
      createdAt: at,
      updatedAt: at,
    })),
  })
  await database.prisma.binding.createMany({
    data: made.map(({ agent, binding, name }) => ({
      id: binding,
      slug: `${agentSlug(name)}/${tool.slug}@production`,
      toolSlug: tool.slug,
      agentId: agent,
      toolId: tool.id,
      environment: 'production',
      state: 'active' as const,
      activeSince: at,
      intentText: 'Look up the claimant',
      intentApprovedById: ben.id,
      intentApprovedAt: at,
      actions: ['read'],
      source: 'person',
      createdAt: at,
      updatedAt: at,
    })),
  })
  await database.prisma.assignment.createMany({
    data: made.flatMap(({ agent }) =>
      layerIds.map((layer) => ({
        id: v7(),
        layer,
        scope: 'agent' as const,
        agentId: agent,
        teamId: cloud.id,
        personId: ben.id,
        state: 'accepted' as const,
        validFrom: at,
        proposedAt: at,
        setBy: 'the test',
        reason: 'For the test',
        source: 'person',
      })),
    ),
  })
  await database.transaction((db) =>
    settle(
      { db, actor: actorWith('admin'), now: at, newId: () => v7(), requestId: 'test' },
      { bindings: made.map(({ binding }) => binding), agents: made.map(({ agent }) => agent) },
    ),
  )
  return {
    people: { ana, ben, cara, dan, eve },
    teams: { cloud, risk },
    tool: { ...tool, name: `crm ${mark}` },
    bindings: made.map(({ agent, binding, name }) => ({
      id: binding,
      slug: `${agentSlug(name)}/${tool.slug}@production`,
      agent: { id: agent, slug: agentSlug(name), name },
    })),
  }
}
export type SmallEstate = Awaited<ReturnType<typeof smallEstate>>

/** The actor behind the account of a person, with this role. */
export const asPerson = (
  person: { id: string; name: string },
  role: Parameters<typeof actorWith>[0] = 'member',
  more: Parameters<typeof actorWith>[1] = {},
) => actorWith(role, { personId: person.id, name: person.name, ...more })

interface RunningCampaign {
  name?: string
  definition?: Partial<Definition>
  /** What differs from item to item; the first reviewer of each is ana, for its layer, when none is named. */
  item?: (index: number) => {
    risk?: RiskTier
    standing?: Standing
    accountableId?: string | null
    facts?: Partial<AccessPicture['facts']>
    seen?: Partial<AccessPicture['seen']>
    reviewers?: readonly { id: string; because?: ReviewerReason; isFallback?: boolean }[]
  }
}

/**
 * A running access campaign about the estate's bindings, in its first stage, as launching leaves it: written by hand, so
 * that what comes after a launch is tested without one.
 */
export async function runningCampaign(
  { database, now }: TestRegistry,
  estate: SmallEstate,
  { name = 'Quarterly access review', definition, item = () => ({}) }: RunningCampaign = {},
) {
  const { ana, ben, dan } = estate.people
  const at = now()
  const dueOn = dayAfter(dayIn(at, 'UTC'), 'P14D')
  const full = definitionSchema.parse({
    kind: 'access',
    stages: [{ name: 'Owners', reviewers: { by: 'layer_lead' }, duration: 'P14D' }],
    ...definition,
  })
  const campaign = { id: v7(), slug: `campaign-${v7().slice(-10)}`, name }
  const { prisma } = database
  const account = await prisma.account.upsert({
    where: { personId: dan.id },
    create: {
      id: v7(),
      email: `${dan.externalId}@example.org`,
      name: 'dan',
      passwordHash: '',
      role: 'governance_lead',
      personId: dan.id,
    },
    update: {},
  })
  await prisma.campaign.create({
    data: {
      ...campaign,
      kind: 'access',
      state: 'running',
      definition: toJson(full) as Prisma.InputJsonValue,
      ownerId: account.id,
      ownerName: 'dan',
      startsAt: at,
      picturedAt: at,
      launchedAt: at,
      stage: 1,
      items: estate.bindings.length,
      itemsReady: estate.bindings.length,
      createdAt: at,
      createdBy: 'dan',
      updatedAt: at,
      stages: { create: { number: 1, startedAt: at, dueOn: new Date(dueOn), endsAt: endOfDay(dueOn, 'UTC') } },
    },
  })
  const items = estate.bindings.map((binding, index) => ({ id: v7(), binding, ...item(index) }))
  await prisma.reviewItem.createMany({
    data: items.map(({ id, binding, risk = 'medium', standing = 'new', accountableId = ben.id, facts, seen }) => ({
      id,
      campaignId: campaign.id,
      bindingId: binding.id,
      subjectSlug: binding.slug,
      agentId: binding.agent.id,
      agentSlug: binding.agent.slug,
      toolId: estate.tool.id,
      toolSlug: estate.tool.slug,
      risk,
      teamId: estate.teams.cloud.id,
      accountableId,
      state: 'open' as const,
      standing,
      picture: accessPicture(
        {
          agent: { slug: binding.agent.slug, name: binding.agent.name },
          tool: { slug: estate.tool.slug, name: estate.tool.name },
          risk,
          ...facts,
        },
        seen,
      ),
    })),
  })
  await prisma.itemReviewer.createMany({
    data: items.flatMap(({ id, reviewers = [{ id: ana.id }] }) =>
      reviewers.map((reviewer) => ({
        itemId: id,
        stage: 1,
        personId: reviewer.id,
        campaignId: campaign.id,
        because: ('because' in reviewer && reviewer.because) || ('layer_lead' as const),
        isFallback: 'isFallback' in reviewer && reviewer.isFallback === true,
        dueAt: endOfDay(dueOn, 'UTC'),
        addedAt: at,
      })),
    ),
  })
  return { ...campaign, accountId: account.id, dueOn, items: items.map(({ id, binding }) => ({ id, binding })) }
}
export type TestCampaign = Awaited<ReturnType<typeof runningCampaign>>
