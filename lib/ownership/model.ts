/** What an ownership assignment may be set on, most general first. */
export const ownershipScopes = ['organisation', 'enforcement_point', 'tool', 'agent', 'binding'] as const
export type OwnershipScope = (typeof ownershipScopes)[number]

export const assignmentStates = ['proposed', 'accepted', 'declined', 'ended'] as const
export type AssignmentState = (typeof assignmentStates)[number]
