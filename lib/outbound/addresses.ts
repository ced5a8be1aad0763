import ipaddr from 'ipaddr.js'

/** An address and the length of its network's prefix. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

/** A network in CIDR form, strictly: four decimal parts, no octal, no shorthand. */
export function parseNetwork(text: string): Network | null {
  const isStrict = ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text)
  return isStrict && !text.includes('%') ? ipaddr.parseCIDR(text) : null
}

/** The address a text spells, IPv4 when IPv6 merely carries it (`::ffff:10.0.0.1`); null when it spells none. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (!ipaddr.isValid(text) || text.includes('%')) return null
  const address = ipaddr.process(text)
  return address instanceof ipaddr.IPv4 && !ipaddr.IPv4.isValidFourPartDecimal(address.toString()) ? null : address
}

/** All of the IPv6 internet (IANA assigns from 2000::/3 alone); the ranges within that are not public have names. */
const globalUnicast: Network = [ipaddr.IPv6.parse('2000::'), 3]

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || matches(address, globalUnicast)
}

function matches(address: ipaddr.IPv4 | ipaddr.IPv6, [base, bits]: Network): boolean {
  if (address instanceof ipaddr.IPv4) return base instanceof ipaddr.IPv4 && address.match(base, bits)
  return base instanceof ipaddr.IPv6 && address.match(base, bits)
}

/** Where an address lies: on the internet, in a private network that is allowed, or where nothing may be sent. */
export type Verdict = 'public' | 'allowed' | 'refused'

/**
 * Judges one address. Whatever is not plainly public (private, loopback, link-local, carrier-grade NAT, multicast,
 * documentation, tunnels that carry another address …) is refused unless a network on the list holds it.
 */
export function judgeAddress(text: string, allowedNetworks: readonly string[]): Verdict {
  const address = parseAddress(text)
  if (address === null) return 'refused'
  if (allowedNetworks.some((network) => isWithin(address, network))) return 'allowed'
  return isPublic(address) ? 'public' : 'refused'
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, text: string): boolean {
  const network = parseNetwork(text)
  return network !== null && matches(address, network)
}
