/**
 * Where what was measured of a component becomes a statement. Four replicates each; in brackets the low end of the interval,
 * then the highest |correlation| with a true latent (`npm run bench -- component-support`, convex body, Laplace .05, six
 * latents):
 *   30,000 samples   return by .93-.96 (.89-.94), truth .95-.99
 *    3,000 samples   return by .38-.66 (.29-.55), truth .54-.77, although coupled by .8-.9
 *   pairs shuffled   return by .18-.34 (.12-.29), coupled by -.02-.02 (-.07 to -.03)
 *   a sphere, 30,000 return by .52-.74 (.39-.68), truth .56-.82
 * On a sphere two trainings differ by a rotation, and part of the samples is the same: with perfect encoders FastICA brings
 * 84 components back by .44-.94 (.35-.90), all of a run's together (MCC) by .56-.84 (`npm run bench -- sphere-rotation`).
 */
export const componentThresholds = {
  /**
   * A component that other trainings tell alike by this much is supported: the low end of the interval counts. Where theory
   * tells a rotation apart from nothing, so must all components of the run together; ...
   */
  supported: 0.85,
  /** ... by this much in the middle tentative, by less not supported. */
  tentative: 0.5,
  /**
   * Axes of what one modality varies in alone: halves of the samples that share none lay them alike by this much, about 18
   * degrees. Blobs and lines, three seeds, two starts each: slope and offset .99-1.00, size .97-.99 where it comes apart
   * from the place; the two axes of the place, which nothing fixes, .63-.91, and in two of six cases .95-.98, although
   * replicates, which share samples, bring them back by .97-.99. So what passes need not be a cause, and what fails is none.
   */
  halves: 0.95,
  /** A shared component is coupled in other trainings by this much, the low end again: a twenty-fifth of the variance. */
  coupled: 0.2,
} as const
