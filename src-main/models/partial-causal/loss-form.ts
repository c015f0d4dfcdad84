/** Which distance the contrastive loss measures, and how it counts (partial-causal.md sections 1 and 7). */

/** `sphere`: outputs of unit length, d = -<x, t>; `box`: outputs in a convex box, d = |x - t|_1. */
export type Geometry = 'sphere' | 'box'

/** `paper`: the published sum of two directions; `released`: what the authors' code computes. */
export type Form = 'paper' | 'released'

export interface LossForm {
  readonly geometry: Geometry
  readonly form: Form
}

/** How often a sample's own pair stands in its log-sum-exp, and what each direction counts. */
export const lossForms: Readonly<Record<Form, { readonly own: number; readonly share: number }>> = {
  paper: { own: 1, share: 1 },
  released: { own: 2, share: 0.5 },
}

/** The loss of one pair of modalities where all outputs are equal: nothing was learnt. */
export function collapsedLoss(form: Form, batch: number): number {
  return form === 'paper' ? 2 * Math.log(batch) : Math.log(batch + 1)
}
