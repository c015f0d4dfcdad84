/** The golden kinds that the numerical core covers, one file each; a kind that is not listed is reported as not covered. */
import type { GoldenKind } from './kind.ts'
import { assignment } from './kinds/assignment.ts'
import { edgePosteriorKind, intervention, replicability } from './kinds/evidence.ts'
import { fastIcaKind } from './kinds/fast-ica.ts'
import { logisticRegressionKind } from './kinds/logistic-regression.ts'
import { metrics } from './kinds/metrics.ts'

const causalPima: GoldenKind = {
  tolerance: 2e-4,
  evaluate: async (input) => {
    // Loaded only where a case asks for it: tensors take their time to start.
    const { evaluateCausalPima } = await import('./kinds/causal-pima.ts')
    return evaluateCausalPima(input)
  },
}

const contrastive: GoldenKind = {
  tolerance: 2e-4,
  evaluate: async (input) => {
    const { evaluateContrastive } = await import('./kinds/contrastive.ts')
    return evaluateContrastive(input)
  },
}

const causalComplete: GoldenKind = {
  tolerance: 2e-4,
  evaluate: async (input) => {
    const { evaluateCausalComplete } = await import('./kinds/causal-complete.ts')
    return evaluateCausalComplete(input)
  },
}

export const goldenKinds: ReadonlyMap<string, GoldenKind> = new Map([
  ['causal-pima', causalPima],
  ['contrastive', contrastive],
  ['causal-complete', causalComplete],
  ['assignment', assignment],
  ['metrics', metrics],
  ['edge-posterior', edgePosteriorKind],
  ['replicability', replicability],
  ['intervention', intervention],
  ['fast-ica', fastIcaKind],
  ['logistic-regression', logisticRegressionKind],
])
