import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { type LayerId, layerIds } from '@/lib/layers'
import { assignmentName, ownershipScopes } from '@/lib/ownership/model'
import { environmentSchema, slugSchema } from '@/lib/registry/model'
import { defineQuery } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { instantOf, instantText } from '../instant'
import { assertKnown } from '../look-back'
import { beginningOf } from '../look-back-store'
import { confirmedAt, ownersAt } from './believed'
import { applicationKnown, assignmentsKnown, bindingKnown, type KnownAssignment } from './known-at-store'

const ownerSchema = z.object({
  assignment: z.string().describe('layer:scope:subject'),
  id: z.uuid(),
  source: z.enum(ownershipScopes),
  team: z.object({ slug: z.string(), name: z.string() }),
  person: z.object({ externalId: z.string(), name: z.string() }).nullable(),
  confirmed: z.boolean().describe('Whether the team had accepted by then'),
  validFrom: z.iso.datetime().describe('Since when it holds'),
  validTo: z.iso.datetime().nullable(),
  recordedAt: z.iso.datetime().describe('Since when it is known'),
})
type KnownOwner = z.output<typeof ownerSchema>

interface Asked {
  agent: string
  tool: string
  environment: string
}

const owners = defineQuery({
  name: 'history.owners',
  summary: 'The five owners of an agent on a tool at one instant, by what was recorded at another',
  method: 'GET',
  path: '/history/owners',
  alwaysPresent: true,
  input: z.strictObject({
    agent: slugSchema,
    tool: slugSchema,
    environment: environmentSchema.default('production'),
    at: instantText.optional().describe('The instant that the owners are asked for; now unless named'),
    knownAt: instantText.optional().describe('By what was recorded at this instant; now unless named'),
  }),
  output: z.object({
    binding: z.string(),
    at: z.iso.datetime(),
    knownAt: z.iso.datetime(),
    layers: z.array(
      z.object({
        layer: z.enum(layerIds),
        owner: ownerSchema.nullable().describe('null when nobody owned it'),
        thought: ownerSchema.nullable().describe('The owner by what was recorded at that instant itself'),
        differs: z
          .boolean()
          .nullable()
          .describe('Whether that was another; null when nothing was recorded then, or it is yet to come'),
      }),
    ),
  }),
  async handler({ db, now }, { at: atText, knownAt: knownText, ...asked }) {
    const at = atText === undefined ? now : instantOf('at', atText, now)
    const knownAt = knownText === undefined ? now : instantOf('knownAt', knownText, now)
    await assertKnown(db, knownAt, now, 'knownAt')
    const slug = slugOf(asked)
    const known = await ownersKnown(db, asked, at, knownAt)
    if (known === null) throw notFound(`Binding "${slug}", by what was recorded at ${knownAt.toISOString()},`)
    const beginning = await beginningOf(db)
    const recordedThen = at <= now && beginning !== null && at >= beginning
    const thought = recordedThen ? await ownersKnown(db, asked, at, at) : null
    return {
      binding: slug,
      at: at.toISOString(),
      knownAt: knownAt.toISOString(),
      layers: layerIds.map((layer) => {
        const owner = known.get(layer) ?? null
        const then = thought?.get(layer) ?? null
        return { layer, owner, thought: then, differs: recordedThen ? !sameOwner(owner, then) : null }
      }),
    }
  },
})

const slugOf = ({ agent, tool, environment }: Asked) => `${agent}/${tool}@${environment}`

const sameOwner = (one: KnownOwner | null, other: KnownOwner | null) =>
  one?.id === other?.id && one?.team.slug === other?.team.slug && one?.person?.externalId === other?.person?.externalId

/** The owners at an instant by what was recorded at another; null when nobody knew of the binding then. */
async function ownersKnown(db: Db, asked: Asked, at: Date, knownAt: Date): Promise<Map<LayerId, KnownOwner> | null> {
  const binding = await bindingKnown(db, slugOf(asked), knownAt)
  if (binding === null) return null
  // Which application a tool belongs to has no time of its own: it is what was recorded at the instant, if anything was.
  const earlier = at < knownAt ? await applicationKnown(db, binding.toolId, at) : undefined
  const application = earlier === undefined ? await applicationKnown(db, binding.toolId, knownAt) : earlier
  const target = { ...binding, applicationId: application ?? null }
  const recorded = await assignmentsKnown(db, target, knownAt)
  const found = ownersAt(target, recorded, at.getTime())
  return new Map([...found].map(([layer, assignment]) => [layer, viewOf(assignment, asked, at)]))
}

function viewOf(assignment: KnownAssignment, asked: Asked, at: Date): KnownOwner {
  const { id, layer, scope, team, person, point, validFrom, validTo, recordedAt } = assignment
  const subjects = {
    organisation: null,
    agent: asked.agent,
    tool: asked.tool,
    binding: slugOf(asked),
    enforcement_point: point,
  }
  return {
    assignment: assignmentName(layer, scope, subjects[scope]),
    id,
    source: scope,
    team,
    person,
    confirmed: confirmedAt(assignment, at.getTime()),
    validFrom: new Date(validFrom).toISOString(),
    validTo: validTo === null ? null : new Date(validTo).toISOString(),
    recordedAt: recordedAt.toISOString(),
  }
}

export const knownAtUseCases = { 'history.owners': owners }
