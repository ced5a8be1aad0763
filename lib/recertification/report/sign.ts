import 'server-only'
import { z } from 'zod'
import { slugSchema } from '@/lib/registry/model'
import { instantSchema } from '@/lib/registry/shapes'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { getCampaign, lockCampaign, type StoredCampaign } from '../campaign-store'
import { ownerIsThere, relativesOf } from './course-store'
import { countItems } from './figures-store'
import { streamRecords } from './record-store'
import { reportDigest, type SignedHead } from './signed'

const attestationMax = 4000

/** `true`, or the reason why the actor may not sign the campaign. */
export async function maySign({ db, actor }: UseCaseContext, campaign: StoredCampaign): Promise<true | string> {
  if (campaign.state !== 'closed' && campaign.state !== 'stopped')
    return 'It can be signed once it is closed or stopped.'
  if (campaign.signedAt !== null) return `${campaign.signedBy ?? 'Somebody'} has signed it.`
  if (campaign.ownerId === actor.id) return true
  if (await ownerIsThere(db, campaign)) return `Its owner, ${campaign.ownerName}, signs it.`
  if (actor.role === 'governance_lead') return true
  return 'Its owner is gone: a governance lead signs it.'
}

async function signedHead(
  { db }: UseCaseContext,
  campaign: StoredCampaign & { endedAt: Date },
  signedAt: Date,
  attestation: string,
): Promise<SignedHead> {
  const { id, slug, name, kind, trigger, because, createdBy, endedReason, definition, state } = campaign
  const { stages } = await relativesOf(db, campaign)
  return {
    format: 'pentarch/campaign-report/v1',
    campaign: {
      ...{ id, slug, name, kind, trigger, because, createdBy, endedReason, definition },
      owner: campaign.ownerName,
      outcome: state,
      createdAt: campaign.createdAt.toISOString(),
      picturedAt: campaign.picturedAt?.toISOString() ?? null,
      launchedAt: campaign.launchedAt?.toISOString() ?? null,
      endedAt: campaign.endedAt.toISOString(),
    },
    stages: stages.map(({ number, startedAt, dueOn, extended, endedAt }) => ({
      number,
      startedAt: startedAt.toISOString(),
      dueOn: dueOn.toISOString().slice(0, 10),
      extended,
      endedAt: endedAt?.toISOString() ?? null,
    })),
    counts: await countItems(db, id),
    attestation,
    signedAt: signedAt.toISOString(),
  }
}

async function digestOf(context: UseCaseContext, campaign: StoredCampaign, signedAt: Date, attestation: string) {
  const { endedAt } = campaign
  if (endedAt === null) throw new DomainError('wrong_state', 'The campaign has not ended.')
  const head = await signedHead(context, { ...campaign, endedAt }, signedAt, attestation)
  return await reportDigest(head, streamRecords(context.db, campaign.id))
}

const signatureSchema = z.object({ by: z.string(), at: instantSchema, digest: z.string() })

const signReport = defineCommand({
  name: 'campaigns.sign',
  summary: 'Sign the report of a campaign that has ended, as its owner; asks you to show that it is you',
  method: 'POST',
  path: '/campaigns/{slug}/signature',
  reauthenticates: true,
  input: z.strictObject({
    slug: slugSchema,
    attestation: z.string().trim().min(1, 'Say what you attest to').max(attestationMax).describe('What you attest to'),
  }),
  output: signatureSchema,
  async handler(context, { slug, attestation }) {
    const { db, actor, now } = context
    const { id } = await getCampaign(db, slug)
    const campaign = await lockCampaign(db, id)
    const verdict = await maySign(context, campaign)
    if (verdict !== true) throw new DomainError(isOver(campaign) ? 'refused' : 'wrong_state', verdict)
    const digest = await digestOf(context, campaign, now, attestation)
    await db.prisma.campaign.update({
      where: { id },
      data: {
        attestation,
        signedById: actor.id,
        signedBy: actor.name,
        signedAt: now,
        reportDigest: digest,
        version: { increment: 1 },
        updatedAt: now,
      },
    })
    return {
      output: { by: actor.name, at: now.toISOString(), digest },
      event: {
        subjectType: 'campaign',
        subjectId: id,
        after: { slug, signedBy: actor.name, attestation, reportDigest: digest },
      },
    }
  },
})

const isOver = ({ state, signedAt }: StoredCampaign) => (state === 'closed' || state === 'stopped') && signedAt === null

const verifyReport = defineQuery({
  name: 'campaigns.verify',
  summary: 'Whether the record of a signed campaign still is what was signed; reads all of it',
  method: 'GET',
  path: '/campaigns/{slug}/signature',
  input: z.strictObject({ slug: slugSchema }),
  output: z.object({
    matches: z.boolean(),
    signed: signatureSchema,
    found: z.string().describe('The digest of the record as it is now'),
  }),
  async handler(context, { slug }) {
    const campaign = await getCampaign(context.db, slug)
    const { signedAt, signedBy, reportDigest: digest, attestation } = campaign
    if (signedAt === null || digest === null) throw new DomainError('wrong_state', 'Nobody has signed it yet.')
    const found = await digestOf(context, campaign, signedAt, attestation ?? '')
    return { matches: found === digest, signed: { by: signedBy ?? '', at: signedAt.toISOString(), digest }, found }
  },
})

export const signUseCases = { 'campaigns.sign': signReport, 'campaigns.verify': verifyReport }
