/**
 * What views, exports and the report may ask of a result without knowing its method. A method has the facets it can
 * answer, and what needs another does not appear.
 */
import type { LearnedGraph } from '../graph/learned-graph.ts'
import type { NamingEvidence } from './naming-evidence.ts'

/** One alternative reading of which outcome each component is called, with its residual (lower is better). */
export interface AssignmentReading {
  /** order[outcome] = component. */
  readonly order: readonly number[]
  readonly residual: number
}

export interface ComponentSummary {
  /** Row-major index of the joint outcome this component stands for. */
  readonly outcome: number
  /** Category of each node. */
  readonly categories: readonly number[]
  /** Share of all samples, sum of responsibilities / n. */
  readonly weight: number
  /** [latent] */
  readonly mean: readonly number[]
  /** [latent] */
  readonly variance: readonly number[]
  /** Ids of the samples closest to the mean, nearest first. */
  readonly nearest: readonly string[]
}

/** Decoded image, curve or vector of each component mean, in stored scale: [C][prod(shape)]. */
export interface DecodedModality {
  readonly modality: string
  readonly values: readonly (readonly number[])[]
}

/** Samples in groups, softly. */
export interface Clusters {
  readonly components: readonly ComponentSummary[]
  readonly decoded: readonly DecodedModality[]
  /** How the components were given their meaning; null where that was no question. */
  readonly assignment: {
    readonly chosen: AssignmentReading
    /** Best first: those within 10 % of the chosen one's residual, at least five where there are as many. */
    readonly rivals: readonly AssignmentReading[]
    /** How firmly the chosen names stand; null where labels give them all, absent in results of earlier versions. */
    readonly evidence?: NamingEvidence | null
  } | null
  /** Name of the array [n, C] of responsibilities. */
  readonly responsibilities: string
}

/** Samples as points of a latent space. */
export interface Representation {
  /** Names of the arrays [n, latent]. */
  readonly mean: string
  readonly sd: string
  /** Name of the array [n, M] of mean squared errors in stored scale, NaN where absent; null where nothing is rebuilt. */
  readonly error: string | null
  readonly modalities: readonly string[]
  /**
   * What each modality's encoder makes of it before anything is unmixed or combined: names of the arrays [n, l], NaN where
   * a sample lacks the modality. Empty where modalities are not encoded one by one.
   */
  readonly outputs: readonly { readonly modality: string; readonly values: string }[]
}

/** Things in order of what they count for, the first most. */
export interface Ranking {
  readonly title: string
  /** What the values are, with their unit. */
  readonly measure: string
  readonly entries: readonly { readonly name: string; readonly value: number }[]
}

/** One thing that several modalities tell of the same samples, each by itself. */
export interface CoupledComponent {
  readonly name: string
  /** Correlation between what two modalities tell of it, a pair of modalities each. */
  readonly coupling: readonly number[]
  /** Mean over the pairs, 0 to 1. */
  readonly strength: number
  /** Ids of the samples with the lowest and the highest values, the most extreme first. */
  readonly low: readonly string[]
  readonly high: readonly string[]
}

/** One thing that a modality alone varies in. */
export interface PrivateComponent {
  readonly name: string
  /** Share of the modality's variance. */
  readonly explained: number
  /** |Correlation| of it as two halves of the samples, which share none, lay its axis. */
  readonly halves: number
  /** Excess kurtosis, near 0 where a rotation with others would do as well. */
  readonly kurtosis: number
  readonly low: readonly string[]
  readonly high: readonly string[]
}

/** What modalities share without a direction between them: the partial causal graph, component by component. */
export interface Coupling {
  /** Each with the name of its array [n, C] of component values, NaN where a sample has it not. */
  readonly modalities: readonly { readonly name: string; readonly samples: number; readonly values: string }[]
  /** Pairs of modalities with what they share at least, nats. */
  readonly pairs: readonly { readonly first: string; readonly second: string; readonly information: number }[]
  /** Theory tells the components up to a rotation alone: one that returns while others turn returns by chance. */
  readonly upToRotation: boolean
  /** Most strongly coupled first. */
  readonly components: readonly CoupledComponent[]
  /** What modalities vary in alone, with the name of the array [n, K]; those that have any. */
  readonly privates: readonly {
    readonly modality: string
    readonly values: string
    readonly components: readonly PrivateComponent[]
  }[]
  /** Name of the array [n, C] of component values as all modalities of a sample tell them. */
  readonly values: string
  /** Coupling was measured on samples that nothing was learnt from, and on how many. */
  readonly heldOut: boolean
  readonly measured: number
}

/** A share of samples with its 95 % interval. */
export interface MeasuredShare {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How sure a classifier is against how often it is right. */
export interface ReliabilityCurve {
  /** By the probability of the class that is told, in (from, to]; null in an empty bin. */
  readonly bins: readonly {
    readonly from: number
    readonly to: number
    readonly samples: number
    readonly confidence: number | null
    readonly accuracy: number | null
  }[]
  /** Mean distance between both over samples, and the Brier score. */
  readonly error: number
  readonly brier: number
}

/** A label that is told of every sample. */
export interface Prediction {
  /** The column, and its classes in the order of every table here. */
  readonly label: string
  readonly classes: readonly string[]
  /** Name of the array [n, C] of probabilities, NaN where a sample has nothing to tell from. */
  readonly probabilities: string
  /** Name of the array [n, 1] of how far a sample is from another label: 1 is the spread of the samples. */
  readonly fragility: string
  /** Name of the array [n, 1]: 0 learnt from, 1 chose the epoch, 2 measured, NaN without a label. */
  readonly part: string
  /** What the numbers below were measured on, and on how many samples. */
  readonly measuredOn: 'test' | 'validation' | 'training'
  readonly measured: number
  readonly accuracy: MeasuredShare
  /** How often the label is not found, and how often its twin still has it, a sample. */
  readonly risk: { readonly sufficiency: number; readonly necessity: number }
  /** [C][C]: samples of a class (rows) by the class that was told. */
  readonly confusion: readonly (readonly number[])[]
  /**
   * Accuracy on the measured samples as they are, with these modalities corrupted, and where only these may be seen: mean
   * and worst over draws, beside them those of the same network without what the method adds, where it was trained.
   */
  readonly robustness: readonly {
    readonly kind: 'clean' | 'corrupted' | 'modalities'
    readonly corruption: string
    readonly modalities: readonly string[]
    readonly samples: number
    readonly accuracy: number
    readonly worst: number
    readonly base: { readonly accuracy: number; readonly worst: number } | null
  }[]
  /** Mean share that each modality takes from every one, in one order, null where no measured sample has it; none where nothing learns it. */
  readonly attention: readonly { readonly modality: string; readonly takes: readonly (number | null)[] }[]
  /** The samples nearest to another label, the nearest first; `label` is null where they have none. */
  readonly fragile: readonly {
    readonly id: string
    readonly fragility: number
    readonly told: string
    readonly instead: string
    readonly label: string | null
  }[]
  /** Before and after the probabilities were calibrated by the temperature; null where nobody looked. */
  readonly calibration: { readonly before: ReliabilityCurve; readonly after: ReliabilityCurve } | null
  readonly temperature: number
  /** The first fragile samples with their measurements changed as little as another label asks for, in stored scale. */
  readonly changes: readonly {
    readonly id: string
    readonly becomes: string
    /** Root mean square over the values, in units of the measurements' spread. */
    readonly size: number
    /** Those that the sample has. */
    readonly modalities: readonly { readonly name: string; readonly values: readonly number[] }[]
  }[]
}

export interface Facets {
  readonly graph: LearnedGraph | null
  readonly clusters: Clusters | null
  readonly representation: Representation | null
  readonly ranking: Ranking | null
  readonly coupling: Coupling | null
  readonly prediction: Prediction | null
}

export type FacetName = keyof Facets

/** Names of the per-sample arrays that these facets are read from. */
export function arraysOf({ clusters, representation, coupling, prediction }: Facets): readonly string[] {
  const names = [
    ...(clusters === null ? [] : [clusters.responsibilities]),
    ...(representation === null ? [] : [representation.mean, representation.sd, representation.error]),
    ...(representation?.outputs ?? []).map(({ values }) => values),
    ...(coupling === null
      ? []
      : [coupling.values, ...[...coupling.modalities, ...coupling.privates].map(({ values }) => values)]),
    ...(prediction === null ? [] : [prediction.probabilities, prediction.fragility, prediction.part]),
  ]
  return [...new Set(names.filter((name) => name !== null))]
}
