/** A method as every part of the house knows it. What trains it is a room of src-main/models under the same id. */
import type * as v from 'valibot'
import type { DatasetSummary, MetadataColumn } from '../domain/dataset.ts'
import type { ComponentJudgement } from '../domain/component-judgement.ts'
import type { Judgement } from '../domain/judgement.ts'
import type { ScoreKind } from '../domain/result.ts'
import type { Findings } from '../findings/finding.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import type { GraphNames } from '../graph-formats/names.ts'
import type { FacetName, Facets } from './facets.ts'

/** What every method's configuration has; the rest is the method's own. */
export interface MethodConfig {
  /** Names of the modalities used; empty: all. */
  readonly modalities: readonly string[]
}

export interface ConfigProblem {
  /** Dotted path into the configuration: `training.epochs`, `nodes.1.name`; empty for the whole. */
  readonly field: string
  readonly message: string
  readonly hint: string
}

/** What people write on a command line instead of a configuration. */
export interface ShortForms {
  /** `2,2,2` */
  readonly nodes: string | undefined
  /** `NODE=COLUMN` */
  readonly anchors: readonly string[]
  /** Column that is to be told. */
  readonly label: string | undefined
}

/** How a method is set up. Functions take a configuration that its schema has filled in, and parse it as their own. */
export interface MethodSettings {
  /** Every default filled in; unknown keys refused. */
  readonly config: v.GenericSchema<unknown, MethodConfig>
  /** Where a configuration contradicts itself, whatever the data. */
  readonly contradictions: (config: unknown) => readonly ConfigProblem[]
  /** What keeps it from being trained on a data set. */
  readonly fitProblems: (config: unknown, dataset: DatasetSummary) => readonly ConfigProblem[]
  /** Preparations whose samples fall into clusters are worth having beside what they were made from. */
  readonly looksForClusters: boolean
  /** A configuration as it is written, with the short forms worked in; absent where the method has none. */
  readonly withShortForms?: (config: unknown, forms: ShortForms, columns: readonly MetadataColumn[]) => unknown
  /**
   * The configuration under which a share of the samples gets as many steps and passes as all get under this one; absent
   * where the same does.
   */
  readonly onShare?: (config: unknown, share: number) => MethodConfig
  /** What may be tried but is not known to work, each in a sentence with what to do; absent where there is nothing of the kind. */
  readonly doubts?: (config: unknown) => readonly string[]
  /** In a line, what is looked for. */
  readonly summary: (config: unknown) => string
  /** What the window calls a setting, by its dotted place. */
  readonly labels: Readonly<Record<string, string>>
}

/** What a finding is told with besides the result's body. */
export interface Told {
  /** Null for results without nodes that label samples. */
  readonly judgement: Judgement | null
  /** Null for results without coupled components. */
  readonly components: ComponentJudgement | null
  readonly names?: GraphNames | undefined
  /** Of the training. */
  readonly warnings: readonly string[]
}

/** A phase of training in words. */
export interface PhaseWords {
  /** What goes on: "Learning clusters and graph". */
  readonly doing: string
  /** What a chart says where it follows another phase; null: nothing. */
  readonly begins: string | null
  /** What was learnt before is set aside, and the score begins anew. */
  readonly startsOver?: true
  /** Figures of an epoch that are told beside it. */
  readonly figures: readonly string[]
}

/** What a method's runs leave. Functions take a body that its schema has passed. */
export interface MethodResults {
  readonly score: ScoreKind
  /** The result is the model of the best epoch of the last phase, not of the last one. */
  readonly keepsBest?: boolean
  /** A finished training can go on with more epochs, from its model: their number is `training.epochs`, and nothing else depends on it. */
  readonly goesOn?: boolean
  /** What the terms of the score are called; of `reconstruction/curves` the part before the stroke. */
  readonly terms: Readonly<Record<string, string>>
  readonly phases: Readonly<Record<string, PhaseWords>>
  readonly body: v.GenericSchema<unknown, unknown>
  /** The facets that every result has. */
  readonly facets: readonly FacetName[]
  readonly facetsOf: (body: unknown) => Facets
  /** The body with its graph as it stands under what is known since; absent where results have none. */
  readonly withGraph?: (body: unknown, graph: LearnedGraph) => unknown
  readonly findings: (body: unknown, told: Told) => Findings
  /** Works to cite, each with what for. */
  readonly cite: readonly string[]
}

export interface MethodDefinition {
  readonly id: string
  readonly title: string
  /** What it answers, and from what. */
  readonly question: string
  readonly needs: string
  readonly settings: MethodSettings
  readonly results: MethodResults
}
