/** Roles of an account (what a person may do everywhere) and scopes of an API token (never more than its maker has). */
export const roles = ['admin', 'governance_lead', 'auditor', 'engineer', 'member'] as const
export type Role = (typeof roles)[number]

export const roleTitles: Record<Role, string> = {
  admin: 'Admin',
  governance_lead: 'Governance lead',
  auditor: 'Auditor',
  engineer: 'Engineer',
  member: 'Member',
}

export const tokenScopes = [
  'read',
  'registry',
  'ownership',
  'import',
  'gaps',
  'contracts',
  'attest',
  'settings',
  'campaigns',
  'reviews',
  'provisioning',
] as const
export type TokenScope = (typeof tokenScopes)[number]

/**
 * Who does it. `role` decides in general; standing (`leadOf`) comes from the data itself:
 * the lead of a team answers for that team whatever their role.
 */
export interface Actor {
  kind: 'account' | 'token' | 'system'
  /** The account's id; null for the system. */
  id: string | null
  name: string
  /** What its maker called the token; absent for everybody else. */
  tokenName?: string
  role: Role
  /** The person this account belongs to, if known to the registry. */
  personId: string | null
  /** Ids of the active teams that the person leads. */
  leadOf: ReadonlySet<string>
  /** Scopes of the token, null for a session (all that the role allows). */
  scopes: ReadonlySet<TokenScope> | null
  /** The browser's session it acts in, and whether the person has shown who they are a moment ago; absent for tokens and the system. */
  session?: { id: string; isFresh: boolean }
  /** Looks at the past, where nothing can be changed. */
  looksBack?: boolean
}

/** The product itself, for jobs and seeding: may do everything, and is named in the audit log. */
export function systemActor(name: string): Actor {
  return { kind: 'system', id: null, name, role: 'admin', personId: null, leadOf: new Set(), scopes: null }
}
