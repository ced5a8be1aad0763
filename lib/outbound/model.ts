import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { parseNetwork } from './addresses'

/** Wider networks than these are not an exception any more. */
const prefixMin = { ipv4: 8, ipv6: 7 } as const

const networkSchema = z
  .string()
  .trim()
  .max(60, 'At most 60 characters')
  .refine((text) => parseNetwork(text) !== null, 'Not a network such as 10.20.0.0/16 or fd00:1::/32')
  .refine((text) => {
    const network = parseNetwork(text)
    return network === null || network[1] >= prefixMin[network[0].kind()]
  }, 'Wider than /8 (IPv6: /7); name the networks that are meant')
  .transform((text) => {
    const network = parseNetwork(text)
    if (network === null) return text
    const [address, bits] = network
    // The address of the network itself, so that one network has one spelling.
    const base =
      address instanceof ipaddr.IPv4
        ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`)
        : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`)
    return `${base}/${bits}`
  })

/** What Pentarch may reach by itself. Everything on the public internet by https; of private networks only these. */
export const outboundSettingsSchema = z.strictObject({
  allowedNetworks: z
    .array(networkSchema)
    .max(50, 'At most 50 networks')
    .transform((networks) => [...new Set(networks)])
    .default([])
    .describe('Private networks whose addresses may be asked, in CIDR form; there, http is allowed as well'),
})
export type OutboundSettings = z.output<typeof outboundSettingsSchema>

/** Nothing private may be reached until an admin says so. */
export const defaultOutboundSettings: OutboundSettings = outboundSettingsSchema.parse({})
