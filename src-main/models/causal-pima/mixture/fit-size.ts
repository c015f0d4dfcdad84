/** How much is fitted and merged in each reading of the mixture. */

export type Linkage = 'average' | 'single'
export const linkages: readonly Linkage[] = ['average', 'single']

/** Mixtures are fitted to at most this many points, evenly spread; all points get memberships. */
export const pointsFitted = 8192
