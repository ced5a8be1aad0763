/** The two equal ways to look at delegations. */
export const views = ['picture', 'list'] as const
export type View = (typeof views)[number]

/** How many steps around an agent the picture shows. */
export const stepChoices = ['1', '2', '3', '5', '10'] as const
