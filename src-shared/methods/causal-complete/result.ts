/** What a finished run of the causal complete cause says (causal-complete.md section 5) and how others may ask it. */
import * as v from 'valibot'
import type { ScoreKind } from '../../domain/result.ts'
import type { Facets } from '../facets.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** How often the label is not found, and how often its twin still has it: mean number of both a sample, 0 to 2. */
export const scoreKind: ScoreKind = { name: 'C3 risk', unit: 'errors', better: 'lower' }

/** Names of the per-sample arrays. */
export const arrayNames = {
  /** Z, [n, h]; NaN where a sample has no modality, as below. */
  representation: 'representation',
  /** Deviation of the modalities' own representations: not known, NaN, [n, h] */
  spread: 'representationSd',
  /** Calibrated, [n, C] */
  probabilities: 'probabilities',
  /** [n, 1] */
  fragility: 'fragility',
  /** 0 learnt from, 1 chose the epoch, 2 measured, NaN without a label; [n, 1] */
  part: 'part',
} as const

const share = v.object({
  value: v.number(),
  /** 95 % interval. */
  low: v.number(),
  high: v.number(),
})

/** How well labels are told, on the samples that are measured. */
const told = v.object({
  accuracy: share,
  /** Mean over classes of the share that is found, and of the harmonic mean of precision and recall. */
  balancedAccuracy: v.number(),
  macroF1: v.number(),
  /** Mean distance between how sure it is, after calibration, and how often it is right. */
  calibrationError: v.number(),
  /** Mean -log of the probability of the right label, nats, before calibration. */
  crossEntropy: v.number(),
  sufficiencyRisk: v.number(),
  necessityRisk: v.number(),
})

/** How sure the classifier is against how often it is right, on the measured samples. */
const reliability = v.object({
  bins: v.array(
    v.object({
      from: v.number(),
      to: v.number(),
      samples: count,
      confidence: v.nullable(v.number()),
      accuracy: v.nullable(v.number()),
    }),
  ),
  /** Mean distance between both (Naeini 2015), and of the probabilities from the label (Brier 1950). */
  error: v.number(),
  brier: v.number(),
})

export const causalCompleteBody = v.object({
  profile: v.picklist(['paper', 'released']),
  fusion: v.picklist(['late', 'concatenation']),
  /** The finished run that was learnt on, and samples that it had kept aside; null: the measurements themselves. */
  learntOn: v.optional(v.nullable(v.object({ run: count, heldOut: count })), null),
  /** Chance that a sample's modality was left out of a step. */
  leftOut: v.optional(v.number(), 0),
  label: v.string(),
  classes: v.array(v.object({ name: v.string(), training: count, validation: count, test: count })),
  /** Samples without a label. */
  unlabelled: count,
  /** Weights of the terms as they counted; 0: switched off. */
  weights: v.object({ necessity: v.number(), instrument: v.number(), feasibility: v.number() }),
  direction: v.picklist(['away', 'towards']),
  /** What the numbers below were measured on, and on how many samples. */
  measuredOn: v.picklist(['test', 'validation', 'training']),
  measured: count,
  /** Share of the largest class among them: what a guess would reach. */
  majority: v.number(),
  told,
  /** [C][C]: samples of a class (rows) by the class that was told. */
  confusion: v.array(v.array(count)),
  /** Divides the logits; chosen on the validation samples, 1 where there are too few. */
  temperature: v.number(),
  /**
   * Accuracy on the measured samples as they are, with measurements corrupted, and where only some modalities may be seen
   * (on those that have one of them, the largest sets first); mean and worst over draws, the base's beside it.
   */
  robustness: v.array(
    v.object({
      kind: v.picklist(['clean', 'corrupted', 'modalities']),
      /** What was done; empty where nothing was. */
      corruption: v.string(),
      /** What was corrupted, or what could be seen. */
      modalities: v.array(v.string()),
      samples: count,
      accuracy: v.number(),
      worst: v.number(),
      base: v.nullable(v.object({ accuracy: v.number(), worst: v.number() })),
    }),
  ),
  modalities: v.array(v.string()),
  /** Before and after the temperature; null in results of earlier versions. */
  calibration: v.optional(v.nullable(v.object({ before: reliability, after: reliability })), null),
  /** [M][M]: mean share that modality i takes from modality j; null where no measured sample has i. */
  attention: v.array(v.array(v.nullable(v.number()))),
  /** Median fragility, and the most fragile samples with the label that they would get. */
  medianFragility: v.number(),
  fragile: v.array(
    v.object({
      id: v.string(),
      fragility: v.number(),
      told: v.string(),
      instead: v.string(),
      label: v.nullable(v.string()),
    }),
  ),
  /**
   * The smallest change found of the measurements of the most fragile samples after which another label is told: values in
   * stored scale of the modalities that the sample has, and its root mean square in units of the measurements' spread.
   */
  changes: v.optional(
    v.array(
      v.object({
        id: v.string(),
        becomes: v.string(),
        size: v.number(),
        modalities: v.array(v.object({ name: v.string(), values: v.array(v.number()) })),
      }),
    ),
    [],
  ),
  /** The same network without the regulariser, on the same samples from the same draws; null where it was not trained. */
  base: v.nullable(
    v.object({
      told,
      /** Accuracy with the regulariser less that of the base, paired by sample. */
      gain: share,
    }),
  ),
})

export type CausalCompleteBody = v.InferOutput<typeof causalCompleteBody>
export type Told = CausalCompleteBody['told']

/** Rows of which only some modalities could be seen. */
export function subsetsOf({ robustness }: CausalCompleteBody): CausalCompleteBody['robustness'] {
  return robustness.filter(({ kind }) => kind === 'modalities')
}

/** What the label loses without a modality, of every modality: accuracy with all less accuracy without it. */
export function losses(body: CausalCompleteBody): { name: string; value: number }[] {
  const { modalities, told } = body
  return modalities
    .flatMap((name) => {
      const without = subsetsOf(body).find(
        (set) => set.modalities.length === modalities.length - 1 && !set.modalities.includes(name),
      )
      return without === undefined ? [] : [{ name, value: told.accuracy.value - without.accuracy }]
    })
    .sort((a, b) => b.value - a.value)
}

export function facetsOfBody(body: CausalCompleteBody): Facets {
  return {
    graph: null,
    clusters: null,
    representation: {
      mean: arrayNames.representation,
      sd: arrayNames.spread,
      error: null,
      modalities: body.modalities,
      outputs: [],
    },
    ranking: {
      title: 'What the label loses without a modality',
      measure: 'accuracy lost',
      entries: losses(body),
    },
    coupling: null,
    prediction: {
      label: body.label,
      classes: body.classes.map(({ name }) => name),
      probabilities: arrayNames.probabilities,
      fragility: arrayNames.fragility,
      part: arrayNames.part,
      measuredOn: body.measuredOn,
      measured: body.measured,
      accuracy: body.told.accuracy,
      risk: { sufficiency: body.told.sufficiencyRisk, necessity: body.told.necessityRisk },
      confusion: body.confusion,
      robustness: body.robustness,
      // Where its term is switched off, nothing has taught the instrument what to take.
      attention:
        body.weights.instrument === 0
          ? []
          : body.modalities.map((modality, m) => ({ modality, takes: body.attention[m]! })),
      fragile: body.fragile,
      calibration: body.calibration,
      temperature: body.temperature,
      changes: body.changes,
    },
  }
}
