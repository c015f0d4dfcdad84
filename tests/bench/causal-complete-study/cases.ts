/** What the study of the causal complete cause trains: forms of the regulariser on sets of MMLSynData, seed by seed. */
import * as v from 'valibot'

const off = { necessity: false, instrument: false, feasibility: false }

/** Fewer parameters than would learn the flipped labels by heart; late fusion. */
const small = { features: 8, hidden: [16], representation: 16 }

/** By name, what is set besides the defaults. */
export const forms: Readonly<Record<string, object>> = {
  base: { terms: off },
  all: {},
  'without necessity': { terms: { ...off, instrument: true, feasibility: true } },
  'without instrument': { terms: { ...off, necessity: true, feasibility: true } },
  'without feasibility': { terms: { ...off, necessity: true, instrument: true } },
  'without distance': { weights: { distance: 0 } },
  'towards the label': { counterfactual: { direction: 'towards' } },
  'one step': { counterfactual: { doublings: 0 } },
  released: { profile: 'released' },
  'necessity 1': { weights: { necessity: 1 } },
  'necessity .3': { weights: { necessity: 0.3 } },
  'necessity .03': { weights: { necessity: 0.03 } },
  'instrument 1': { weights: { instrument: 1 } },
  'instrument 10': { weights: { instrument: 10 } },
  'feasibility 1': { weights: { feasibility: 1 } },
  'feasibility 10': { weights: { feasibility: 10 } },
  'bound .1': { counterfactual: { bound: 0.1 } },
  'small base': { networks: small, terms: off },
  'small all': { networks: small },
  'small towards the label': { networks: small, counterfactual: { direction: 'towards' } },
  'instrument alone, 1': { terms: { ...off, instrument: true }, weights: { instrument: 1 } },
}

export const fusions = ['late', 'concatenation'] as const

export interface StudyRun {
  readonly form: string
  readonly fusion: (typeof fusions)[number]
  /** s: how far the spurious cause follows the sufficient and necessary one. */
  readonly degree: number
  readonly seed: number
  readonly epochs: number
}

export const keyOf = ({ form, fusion, degree, seed, epochs }: StudyRun): string =>
  [form, fusion, degree, seed, epochs].join('/')

/** The published study has a low and a high degree. */
const degrees = [0.1, 0.6]

export function studyRuns(seeds: number, epochs: number, fusion: StudyRun['fusion']): StudyRun[] {
  return degrees.flatMap((degree) =>
    Object.keys(forms).flatMap((form) =>
      Array.from({ length: seeds }, (_, seed) => ({ form, fusion, degree, seed, epochs })),
    ),
  )
}

const figure = v.nullable(v.number())

export const outcomeSchema = v.object({
  key: v.string(),
  accuracy: v.number(),
  sufficiencyRisk: v.number(),
  necessityRisk: v.number(),
  /** Cross-entropy of the best epoch on validation samples: what weights may be chosen by. */
  validationLoss: v.number(),
  calibrationError: v.number(),
  /** Distance correlations of the representation on test samples. */
  causes: v.array(v.object({ name: v.string(), dCor: v.number(), partial: figure, ceiling: v.number() })),
  seconds: v.number(),
})

export type Outcome = v.InferOutput<typeof outcomeSchema>
