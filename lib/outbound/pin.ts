import 'server-only'
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { judgeAddress } from './addresses'
import { OutboundError } from './errors'

export interface ResolvedAddress {
  address: string
  family: number
}

/** Looks up every address of a name. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>

/** As the operating system resolves names, hosts file included. */
export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true })

const addressesMax = 8

/** `[::1]` of a URL as the resolver and the judge spell it. */
const bare = (hostname: string) => hostname.replace(/^\[(.*)\]$/, '$1')

/**
 * Resolves a host once and judges every address it has; what comes back is the only place a connection may go to, so
 * that a name which resolves otherwise a moment later changes nothing. One forbidden address refuses the whole name.
 * @throws OutboundError
 */
export async function pinHost(
  url: URL,
  allowedNetworks: readonly string[],
  resolve: Resolve,
): Promise<readonly ResolvedAddress[]> {
  const hostname = bare(url.hostname)
  const found = await resolve(hostname).catch(() => [])
  const [first] = found
  if (!first) throw new OutboundError('unknown_name', `The name ${hostname} could not be resolved.`)
  const verdicts = found.map(({ address }) => judgeAddress(address, allowedNetworks))
  if (verdicts.includes('refused')) {
    const address = found[verdicts.indexOf('refused')]?.address ?? hostname
    const where = address === hostname ? hostname : `${hostname} (${address})`
    throw new OutboundError(
      'refused_address',
      `${where} is not a public address, and no allowed network holds it. An admin can allow the network under Settings, Outbound requests.`,
    )
  }
  if (url.protocol !== 'https:' && verdicts.includes('public'))
    throw new OutboundError('insecure', `${hostname} is on the public internet and is only asked by https.`)
  return found.slice(0, addressesMax)
}

/** Answers every look-up of a connection with the addresses that were judged. */
export function pinnedLookup(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses
    if (options.all === true) callback(null, [...addresses])
    else if (first) callback(null, first.address, first.family)
    else callback(new Error('No address'), '')
  }
}
