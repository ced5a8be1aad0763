import { isIP } from 'node:net'
import { z } from 'zod'

/**
 * The address that a request came from, as far as it can be believed. Each proxy adds to the end of X-Forwarded-For whom
 * it was asked by, and what stands before may be anything: so of the chain that ends with our own socket, the entry that
 * the outermost of `trustedProxies` proxies has written. Without proxies it is the socket's own.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const written = (forwardedFor ?? '').split(',').slice(-20).map(plainAddress)
  const chain = [...written, plainAddress(socketAddress ?? '')].filter((entry) => entry !== null)
  return chain.at(-1 - trustedProxies) ?? chain.at(0) ?? 'unknown'
}

/** An address without the port and brackets that some proxies write with it; an IPv4 address in its own form. */
function plainAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[(?<inner>[^\]]*)\](?::\d+)?$/, '$<inner>')
    .replace(/^(?<v4>\d+\.\d+\.\d+\.\d+):\d+$/, '$<v4>')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIP(bare) === 0 ? null : bare.toLowerCase()
}

export const trustedProxiesSchema = z
  .string()
  .regex(/^(?:10|\d)$/, 'must be the number of proxies in front, at most 10')

/** How many proxies of ours stand in front: `TRUSTED_PROXIES`, none unless it says so. @throws ZodError. */
export const trustedProxies = (env: NodeJS.ProcessEnv = process.env): number =>
  Number(trustedProxiesSchema.default('0').parse(env.TRUSTED_PROXIES))
