import { z } from 'zod'
import { emailSchema } from '@/lib/registry/model'
import type { Role } from '../model'
import type { OidcProvider } from './settings'

/** What a provider says of somebody (OpenID Connect Core 1.0, section 5.1). What we do not read is left as it is. */
export const claimsSchema = z.looseObject({
  iss: z.string().optional(),
  sub: z.string().min(1).max(255),
  email: z.string().max(254).optional(),
  email_verified: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional(),
  name: z.string().max(200).optional(),
  preferred_username: z.string().max(200).optional(),
  auth_time: z.number().optional(),
  sid: z.string().max(255).optional(),
})
export type Claims = z.output<typeof claimsSchema>

const groupsSchema = z.union([z.array(z.string()), z.string().transform((one) => [one])])

/** The groups that a provider says somebody is in. */
export function groupsOf(claims: Claims, { groupsClaim }: Pick<OidcProvider, 'groupsClaim'>): string[] {
  const parsed = groupsSchema.safeParse(claims[groupsClaim])
  return parsed.success ? parsed.data : []
}

/** The role that somebody has by their groups: that of the first group listed, or the default; null for none. */
export function roleOf(
  groups: readonly string[],
  provider: Pick<OidcProvider, 'roleOfGroup' | 'defaultRole'>,
): Role | null {
  const held = new Set(groups)
  return provider.roleOfGroup.find(([group]) => held.has(group))?.[1] ?? provider.defaultRole
}

/** The address by which an account may be found: one that the provider vouches for. */
export function vouchedEmail(
  { email, email_verified }: Claims,
  { trustsEmail }: Pick<OidcProvider, 'trustsEmail'>,
): string | null {
  if (email_verified === false || (email_verified === undefined && !trustsEmail)) return null
  const parsed = emailSchema.safeParse(email?.trim().toLowerCase())
  return parsed.success ? parsed.data : null
}
