/** A comparison of few-shot heads before and after unmixing: what it is made from, and what it says. */
import type { RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import type { ProbeProfile } from './penalty-search.ts'
import { overSeeds, type SeedSummary } from './summary.ts'

export type Features = 'raw' | 'ica' | 'pca-ica'
export const allFeatures: readonly Features[] = ['raw', 'ica', 'pca-ica']
export const featureTitles: Readonly<Record<Features, string>> = {
  raw: 'raw',
  ica: '+FastICA',
  'pca-ica': '+PCA+FastICA',
}
export type Head = 'probe' | 'cached'

export interface ProbeData {
  /** [n, d] */
  readonly rows: RealMatrix
  /** Class of each row, -1 where it has none, [n] */
  readonly labels: Int32Array
  readonly classes: readonly string[]
  /** Domain of each row; null: all rows are of one. */
  readonly domains: { readonly names: readonly string[]; readonly of: Int32Array } | null
}

export interface ProbeOptions {
  readonly shots: readonly number[]
  readonly seeds: readonly number[]
  readonly profile: ProbeProfile
  readonly heads: readonly Head[]
  /**
   * What unmixing is fitted on: `pool`, all rows but those for testing, their labels unseen; `shots`, the few labelled rows
   * alone (training rows in profile `paper`, training and validation rows in `released`, as the authors' code does).
   */
  readonly fit: 'pool' | 'shots'
  /** The domain that labelled rows are drawn from; default: that of most rows. */
  readonly sourceDomain: string | null
  /** Share of the source domain's rows that are only tested on. */
  readonly testShare: number
  /** Principal directions before FastICA. */
  readonly principal: number
  /** Components of FastICA alone, and of FastICA after PCA; null: 300 and 160 (200 above 4 shots in profile `released`). */
  readonly components: { readonly ica: number | null; readonly pcaIca: number | null }
  /** Spread below this share of the largest counts as none. */
  readonly rankTolerance?: number
}

export interface ProbeScore {
  readonly features: Features
  readonly head: Head
  readonly shots: number
  readonly seed: number
  /** Test set: a domain, or `test` where there are none; `shifted mean`: mean over the domains other than the source. */
  readonly test: string
  readonly accuracy: number
  /** The probe's chosen C; null for other heads and for means. */
  readonly c: number | null
}

export interface ProbeComparison {
  readonly scores: readonly ProbeScore[]
  readonly sourceDomain: string | null
  /** Those that every class has rows for. */
  readonly shots: readonly number[]
  /** Rows of each test set, by its name. */
  readonly tests: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}

export const shiftedMean = 'shifted mean'

export interface ProbeRow extends Pick<ProbeScore, 'features' | 'head' | 'shots' | 'test'> {
  readonly accuracy: SeedSummary
  /** Accuracy less that of the raw features with the same labelled rows; null for raw features. */
  readonly gain: SeedSummary | null
}

/** Over seeds; the kinds of features of one question side by side. */
export function summarised(scores: readonly ProbeScore[]): ProbeRow[] {
  const key = ({ features, head, shots, test }: ProbeScore): string => JSON.stringify([head, shots, test, features])
  const groups = Map.groupBy(scores, key)
  const rank = (list: readonly (string | number)[]) => new Map(Array.from(new Set(list), (value, at) => [value, at]))
  const orders = (['head', 'shots', 'test', 'features'] as const).map((field) => {
    const order = rank(scores.map((score) => score[field]))
    return (a: ProbeRow, b: ProbeRow): number => order.get(a[field])! - order.get(b[field])!
  })
  const rows = Array.from(groups.values(), (group): ProbeRow => {
    const [{ features, head, shots, test }] = group as [ProbeScore, ...ProbeScore[]]
    const raw = groups.get(key({ ...group[0]!, features: 'raw' })) ?? []
    const gains = group.flatMap(({ seed, accuracy }) => {
      const plain = raw.find((score) => score.seed === seed)
      return plain === undefined ? [] : [accuracy - plain.accuracy]
    })
    return {
      features,
      head,
      shots,
      test,
      accuracy: overSeeds(group.map(({ accuracy }) => accuracy)),
      gain: features === 'raw' ? null : overSeeds(gains),
    }
  })
  return rows.sort((a, b) => orders.reduce((found, order) => found || order(a, b), 0))
}
