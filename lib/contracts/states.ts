import type { TeamFunction } from '@/lib/registry/model'
import type { ContractState } from './model'

/** Functions whose teams may sign a contract off. */
export const securityFunctions: readonly TeamFunction[] = ['iam', 'iga', 'pam', 'secops']
export const isSecurity = (team: { function: TeamFunction } | null): boolean =>
  team !== null && securityFunctions.includes(team.function)

/** How the field writes policy: centrally, or by the application's team with security's sign-off. */
export const contractModels = ['central', 'application'] as const
export type ContractModel = (typeof contractModels)[number]
/** Functions whose teams author for many applications. */
export const centralFunctions: readonly TeamFunction[] = [...securityFunctions, 'platform']

/** Which model a contract follows; null when nobody said who authored it. */
export function modelOf(author: { function: TeamFunction } | null): ContractModel | null {
  if (author === null) return null
  return centralFunctions.includes(author.function) ? 'central' : 'application'
}

/** What the moves of a contract depend on. */
export interface ContractStanding {
  version: number
  state: ContractState
  /** Whether its document sets any limit. */
  isEmpty: boolean
  author: { id: string; name: string; function: TeamFunction } | null
  /** The version of the tool's contract that is in force. */
  inForceVersion: number | null
}

/** Who wants to sign. */
export interface Signer {
  accountId: string | null
  personId: string | null
  /** The active teams they belong to. */
  teams: readonly { id: string; name: string; function: TeamFunction }[]
}

/** Those who wrote any of it: accounts, and the persons behind them. */
export interface Writers {
  accountIds: ReadonlySet<string>
  personIds: ReadonlySet<string>
}

const stateReasons: Record<ContractState, string> = {
  draft: 'It is a draft; security signs it off first.',
  signed_off: 'It is signed off, and stays as it was signed; start a new version to change it.',
  in_force: 'It is in force, and stays as it is; start a new version to change it.',
  superseded: 'It is superseded and kept for the record.',
}

/** An older version does not come back past a newer one; its limits can, as a new version. */
function overtaken({ version, inForceVersion }: ContractStanding): string | null {
  if (inForceVersion === null || inForceVersion < version) return null
  return `Version ${inForceVersion} is in force already; start a new version to go back to this one.`
}

/** What may be done with a version of a contract: `true`, or the reason why not. Who may do it is asked beside this. */
export const can = {
  edit: ({ state }: ContractStanding): true | string => (state === 'draft' ? true : stateReasons[state]),

  sign(contract: ContractStanding): true | string {
    if (contract.state === 'signed_off') return 'It is signed off already.'
    if (contract.state !== 'draft') return stateReasons[contract.state]
    if (contract.isEmpty) return 'It sets no limit yet; there is nothing to sign.'
    return overtaken(contract) ?? true
  },

  activate(contract: ContractStanding): true | string {
    if (contract.state === 'in_force') return 'It is in force already.'
    if (contract.state !== 'signed_off') return stateReasons[contract.state]
    return overtaken(contract) ?? true
  },

  discard: ({ state }: ContractStanding): true | string =>
    state === 'draft' || state === 'signed_off'
      ? true
      : state === 'in_force'
        ? 'It is in force; the version that follows it supersedes it.'
        : stateReasons.superseded,
}

/**
 * The team for which somebody may sign a contract off, or the reason why they may not: a person of a security team who
 * wrote none of it and, unless the author is a security team itself, does not belong to the author.
 */
export function signingTeam(
  { author }: Pick<ContractStanding, 'author'>,
  signer: Signer,
  writers: Writers,
): { teamId: string } | string {
  const { accountId, personId, teams } = signer
  if (personId === null) return 'Your account belongs to no person of the registry, and a signature is personal.'
  if ((accountId !== null && writers.accountIds.has(accountId)) || writers.personIds.has(personId))
    return 'You wrote part of it; somebody else of a security team signs it off.'
  const security = teams.filter(isSecurity)
  const [first] = security
  if (!first) return 'Only a person of a security team (IAM, IGA, PAM or security operations) signs a contract off.'
  if (author && !isSecurity(author) && teams.some(({ id }) => id === author.id))
    return `You belong to ${author.name}, which authored it; a security team other than its author signs it off.`
  // Somebody else's eyes where there is the choice.
  return { teamId: (security.find(({ id }) => id !== author?.id) ?? first).id }
}

/** Superseded without ever having been in force: taken back before it counted. */
export function wasDiscarded(contract: {
  state: ContractState
  inForceAt: Date | null
  supersededAt: Date | null
}): boolean {
  // Moves note both times; one that came superseded with an import has neither.
  return contract.state === 'superseded' && contract.supersededAt !== null && contract.inForceAt === null
}
