/** Where what was measured of a component becomes a statement. */
export const componentThresholds = {
  supported: 0.9,
  tentative: 0.5,
  coupled: 0.2,
} as const
