/** What is told of a closed epoch of training. */
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import type { EpochMetrics } from '../../../src-shared/domain/run.ts'
import { NonFiniteLoss } from '../session.ts'
import type { MeanTerms } from './full-pass.ts'
import type { State } from './state.ts'

/** What the KL divergence counts: less in the first epochs of a pre-training, so that the latent space is used. */
export function klWeightOf({ stage, stageEpoch }: Pick<State, 'stage' | 'stageEpoch'>, warmup: number): number {
  if (stage !== 'pretrain' || warmup === 0) return 1
  return Math.min(1, (stageEpoch + 1) / warmup)
}

/** Throws NonFiniteLoss naming the first term that is no longer a number. */
export function requireFinite({ terms }: MeanTerms, step: number): void {
  const bad = Object.keys(terms).find((name) => !Number.isFinite(terms[name]))
  if (bad === undefined) return
  const [term, modality] = bad.split('/')
  throw new NonFiniteLoss(step, term!, modality ?? null)
}

export function epochMetrics(
  state: State,
  { dag, training }: CausalPimaConfig,
  { elbo, terms }: MeanTerms,
  validationElbo: number | null,
  /** Strengths of the joint phase's edges; null while pre-training. */
  edges: EpochMetrics['edges'],
): EpochMetrics {
  const phase = state.stage === 'joint' ? 'joint' : state.attempt > 0 ? 'again' : 'pretrain'
  return {
    epoch: state.epoch,
    phase,
    step: state.step,
    seconds: state.trainingSeconds,
    score: elbo,
    validationScore: validationElbo,
    terms,
    figures: {
      temperature: phase === 'joint' ? dag.temperature : 1,
      learningRate: state.learningRate,
      klWeight: klWeightOf(state, training.klWarmupEpochs),
    },
    edges,
  }
}
