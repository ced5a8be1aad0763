import type { Outbound, OutboundRequest } from '@/lib/outbound/client'
import { OutboundError } from '@/lib/outbound/errors'
import { type Endpoints, metadataSchema, said } from './model'

/** The identifier of a decision point without a slash at its end, as both sides may spell it. */
const identifier = (address: string) => address.replace(/\/+$/, '')

/** Where the metadata of a decision point is: the well-known part goes between host and path (section 9.2). */
export function metadataUrl(address: string): string {
  const { origin, pathname } = new URL(address)
  return `${origin}/.well-known/authzen-configuration${identifier(pathname)}`
}

/**
 * Finds out where a decision point takes questions. Without metadata (404) the default paths count; metadata that is
 * about another decision point, or sends questions and credentials to another host, is refused.
 * @throws OutboundError
 */
export async function discover(
  outbound: Outbound,
  address: string,
  ask: Pick<OutboundRequest, 'headers' | 'signal'>,
): Promise<Endpoints> {
  const document = await outbound.json({ ...ask, method: 'GET', url: metadataUrl(address) }).catch((error: unknown) => {
    if (error instanceof OutboundError && error.status === 404) return null
    throw error
  })
  const base = identifier(address)
  if (document === null)
    return {
      evaluation: `${base}/access/v1/evaluation`,
      evaluations: `${base}/access/v1/evaluations`,
      published: false,
    }
  const parsed = metadataSchema.safeParse(document)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'the document'
    throw new OutboundError('malformed', `Its AuthZEN configuration is not valid: ${field}.`)
  }
  const { policy_decision_point: named, ...endpoints } = parsed.data
  if (identifier(named) !== base)
    throw new OutboundError('malformed', `Its AuthZEN configuration is that of ${said(named)}, not of this address.`)
  const evaluation = endpoints.access_evaluation_endpoint
  const evaluations = endpoints.access_evaluations_endpoint ?? null
  const { origin } = new URL(address)
  for (const url of [evaluation, evaluations])
    if (url !== null && new URL(url).origin !== origin)
      throw new OutboundError('malformed', `Its AuthZEN configuration sends questions to another host: ${said(url)}.`)
  return { evaluation, evaluations, published: true }
}
