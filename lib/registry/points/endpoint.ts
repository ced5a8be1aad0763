import 'server-only'
import { z } from 'zod'
import { lockEstate } from '@/lib/estate/settle'
import {
  bearerTokenSchema,
  certificateSchema,
  credentialKinds,
  privateKeySchema,
} from '@/lib/integrations/authzen/model'
import { probePoint } from '@/lib/integrations/authzen/point'
import { OutboundError } from '@/lib/outbound/errors'
import { outboundSettingsOf } from '@/lib/outbound/store'
import { UnsealError } from '@/lib/secrets/seal'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { slugSchema } from '../model'
import { savedSchema, versionSchema } from '../shapes'
import { assertFresh } from '../stale'
import { credentialOf, sealCredential } from './credential'
import { pointCalled } from './service'

const needs = { none: [], bearer: ['token'], mtls: ['certificate', 'key'] } as const
const secrets = ['token', 'certificate', 'key'] as const

const credentialInput = z
  .strictObject({
    slug: slugSchema,
    version: versionSchema,
    kind: z.enum(credentialKinds).describe('`bearer` needs `token`; `mtls` needs `certificate` and `key`'),
    token: bearerTokenSchema.optional(),
    certificate: certificateSchema.optional().describe('The client certificate, PEM'),
    key: privateKeySchema.optional().describe('Its private key, PEM, not encrypted'),
  })
  .superRefine((given, { addIssue }) => {
    for (const field of secrets) {
      const isNeeded = needs[given.kind].some((each) => each === field)
      if (isNeeded === (given[field] !== undefined)) continue
      const message = isNeeded ? `Needed for the kind "${given.kind}"` : `Not used by the kind "${given.kind}"`
      addIssue({ code: 'custom', path: [field], message })
    }
  })

const setCredential = defineCommand({
  name: 'points.credential',
  summary: 'Set or forget what an enforcement point is asked with; it is never shown again',
  method: 'PUT',
  path: '/enforcement-points/{slug}/credential',
  confidential: secrets,
  reauthenticates: true,
  input: credentialInput,
  output: savedSchema,
  async handler(context, { slug, version, ...given }) {
    await lockEstate(context)
    const point = await pointCalled(context, slug)
    await assertFresh(context, { type: 'enforcement_point', ...point }, version)
    if (point.decisionEndpoint === null)
      throw new DomainError('refused', 'It has no AuthZEN address that a credential could be for; set that first.')
    const sealed = given.kind === 'none' ? null : sealCredential(given, point.id)
    await context.db.prisma.enforcementPoint.update({
      where: { id: point.id },
      data: { credentialKind: given.kind, credentialSealed: sealed, version: version + 1, updatedAt: context.now },
    })
    return {
      output: { id: point.id, slug, version: version + 1 },
      event: {
        subjectType: 'enforcement_point',
        subjectId: point.id,
        before: { slug, credential: point.credentialKind },
        after: { slug, credential: given.kind },
      },
    }
  },
})

const probeMs = 15_000

const probe = defineQuery({
  name: 'points.probe',
  summary: 'Look whether an enforcement point can be asked, and how',
  method: 'POST',
  path: '/enforcement-points/{slug}/probe',
  input: z.strictObject({ slug: slugSchema }),
  output: z.object({
    problem: z.string().nullable().describe('Why it cannot be asked; null when it can'),
    published: z.boolean().describe('Whether it publishes its AuthZEN configuration; else the default paths count'),
    evaluation: z.string().nullable().describe('Where single questions go'),
    evaluations: z.string().nullable().describe('Where batches go; null when it takes none'),
  }),
  async handler(context, { slug }) {
    const point = await pointCalled(context, slug)
    const { allowedNetworks } = await outboundSettingsOf(context.db)
    try {
      if (point.decisionEndpoint === null) throw new DomainError('refused', 'It has no AuthZEN address.')
      const decisionPoint = { address: point.decisionEndpoint, credential: credentialOf(point) }
      const found = await probePoint(decisionPoint, { allowedNetworks, signal: AbortSignal.timeout(probeMs) })
      return { problem: null, ...found }
    } catch (error) {
      if (!(error instanceof OutboundError || error instanceof UnsealError)) throw error
      return { problem: error.message, published: false, evaluation: null, evaluations: null }
    }
  },
})

export const endpointUseCases = { 'points.credential': setCredential, 'points.probe': probe }
