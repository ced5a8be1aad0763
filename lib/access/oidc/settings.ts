import { z } from 'zod'
import { type Role, roles } from '../model'

/** A provider of OpenID Connect that people sign in by. */
export interface OidcProvider {
  /** What it is called in addresses of ours: `oidc`, `oidc-2`. */
  id: string
  /** What people call it. */
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  /** What is asked for, `openid` among it. */
  scope: string
  /** The claim that lists groups. */
  groupsClaim: string
  /** Which group has which role; of several the first in this order. */
  roleOfGroup: readonly (readonly [group: string, role: Role])[]
  /** The role of whoever is in none of the groups; without one they are not let in. */
  defaultRole: Role | null
  /** Whether its e-mail addresses count as verified although it does not say so. */
  trustsEmail: boolean
}

/** `OIDC_…` for the first provider, `OIDC_2_…` to `OIDC_9_…` for more. */
const prefixes = ['OIDC_', ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => `OIDC_${number}_`)]

const roleSchema = z.enum(roles, `must be one of ${roles.join(', ')}`)

const groupRoles = z.string().transform((text, context): [string, Role][] =>
  text.split(',').flatMap((pair): [string, Role][] => {
    // A group may have an equals sign in its name (a distinguished name has several): the role is what follows the last.
    const at = pair.lastIndexOf('=')
    const role = roleSchema.safeParse(pair.slice(at + 1).trim())
    const group = pair.slice(0, Math.max(at, 0)).trim()
    if (role.success && group !== '') return [[group, role.data]]
    context.addIssue(
      `must list groups with their role, such as governance=governance_lead,audit=auditor, not "${pair}"`,
    )
    return []
  }),
)

const isLoopback = (url: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

const providerSchema = z.object({
  ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be the address of the provider: https://id.example.org' })
    .refine((url) => url.startsWith('https:') || isLoopback(url), 'must begin with https://'),
  CLIENT_ID: z.string('must be set').min(1),
  CLIENT_SECRET: z.string('must be set').min(1),
  NAME: z.string().trim().min(1).max(60).optional(),
  SCOPE: z
    .string()
    .regex(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/, 'must be words separated by single spaces')
    .refine((scope) => scope.split(' ').includes('openid'), 'must have openid among it')
    .default('openid email profile'),
  GROUPS_CLAIM: z.string().min(1).default('groups'),
  ROLES: groupRoles.default([]),
  DEFAULT_ROLE: roleSchema.optional(),
  TRUST_EMAIL: z.enum(['yes', 'no'], 'must be yes or no').default('no'),
})

/**
 * The providers that the environment names.
 * @throws Error naming each setting that is missing or bad.
 */
export function oidcProviders(env: NodeJS.ProcessEnv = process.env): OidcProvider[] {
  return prefixes.flatMap((prefix, index) => {
    const given = Object.fromEntries(
      Object.keys(providerSchema.shape).flatMap((key) => (env[prefix + key] ? [[key, env[prefix + key]]] : [])),
    )
    if (Object.keys(given).length === 0) return []
    const parsed = providerSchema.safeParse(given)
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `  ${prefix}${issue.path.join('.')}: ${issue.message}`)
      throw new Error(`Bad or missing settings:\n${problems.join('\n')}`)
    }
    const { ISSUER, CLIENT_ID, CLIENT_SECRET, NAME, SCOPE, GROUPS_CLAIM, ROLES, DEFAULT_ROLE, TRUST_EMAIL } =
      parsed.data
    return [
      {
        id: index === 0 ? 'oidc' : `oidc-${index + 1}`,
        name: NAME ?? new URL(ISSUER).hostname,
        ...{
          issuer: ISSUER,
          clientId: CLIENT_ID,
          clientSecret: CLIENT_SECRET,
          scope: SCOPE,
          groupsClaim: GROUPS_CLAIM,
        },
        ...{ roleOfGroup: ROLES, defaultRole: DEFAULT_ROLE ?? null, trustsEmail: TRUST_EMAIL === 'yes' },
      },
    ]
  })
}

/**
 * Reads all that the environment says of signing in.
 * @throws Error naming each setting that is missing or bad.
 */
export function checkSignInSettings(env: NodeJS.ProcessEnv = process.env): void {
  const providers = oidcProviders(env)
  if (env.LOCAL_SIGN_IN && !['on', 'off'].includes(env.LOCAL_SIGN_IN))
    throw new Error('Bad or missing settings:\n  LOCAL_SIGN_IN: must be on or off')
  if (env.LOCAL_SIGN_IN === 'off' && providers.length === 0)
    throw new Error(
      'Bad or missing settings:\n  LOCAL_SIGN_IN: may be off only where an identity provider is set (OIDC_ISSUER)',
    )
}

/** Whether accounts of our own may sign in: unless `LOCAL_SIGN_IN=off`, which takes a provider that stands in. */
export function hasLocalSignIn(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.LOCAL_SIGN_IN !== 'off'
}
