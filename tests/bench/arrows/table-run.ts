/** A run whose nodes are columns of a table, known without error, with its replicates: what `judge` takes. */
import { bestDag, scoreFamilies } from '../../../src-main/evidence/best-dag.ts'
import { type Counts, countLabels } from '../../../src-main/evidence/counts.ts'
import type { LabelledReplicate, LabelledRun } from '../../../src-main/evidence/judging/labelled.ts'
import { drawSubsample } from '../../../src-main/evidence/subsample.ts'
import { replicateShare } from '../../../src-shared/domain/replication.ts'
import { learnedEdges } from '../../../src-shared/graph/learned-graph.ts'
import { edgeConstraints } from '../../../src-shared/knowledge/constraints.ts'
import type { Regimes } from '../../../src-shared/knowledge/intervened.ts'
import type { Given } from '../../../src-shared/knowledge/knowledge.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'

export interface Table {
  /** [L][n] */
  readonly labels: readonly ArrayLike<number>[]
  readonly categories: readonly number[]
  readonly regimes?: Regimes | null
  readonly given?: Given
  /** Names of the nodes; N1, N2, ... by default. */
  readonly names?: readonly string[]
}

const replicates = 4

/** Counts of some rows, kept apart by what was set in them. */
function tableCounts({ labels, categories, regimes }: Table, rows: ArrayLike<number>): Counts {
  const of = (some: readonly number[]): Counts =>
    countLabels(
      labels.map((node) => some.map((row) => node[row]!)),
      categories,
    )
  const all = Array.from(rows)
  const counts = of(all)
  if (regimes == null) return counts
  return {
    ...counts,
    regimes: regimes.targets.map((set, at) => ({
      set,
      values: of(all.filter((row) => regimes.of[row] === at)).values,
    })),
  }
}

/** The graph is the exact search's on the counts, as in a run. */
export function runOfTable(table: Table, seed: number, random: RandomStream): LabelledRun {
  const { labels, categories, given } = table
  const n = labels[0]!.length
  const constraints = edgeConstraints(given, labels.length)
  const counts = tableCounts(
    table,
    Array.from({ length: n }, (_, row) => row),
  )
  const dag = bestDag(scoreFamilies(counts, constraints), random)
  const none = labels.map(() => labels.map(() => 0))
  const replicateOf = (r: number): LabelledReplicate => {
    const { inside, outside } = drawSubsample(n, { share: replicateShare, seed: 1000 * seed + r })
    return { labels, counts: tableCounts(table, inside), readings: [], leftOut: Array.from(outside) }
  }
  return {
    graph: {
      nodes: labels.map((_, node) => ({
        name: table.names?.[node] ?? `N${node + 1}`,
        categories: Array.from({ length: categories[node]! }, (_k, k) => String(k)),
        anchor: null,
        standing: 'provisional' as const,
      })),
      edges: learnedEdges(dag, { strength: none, frequency: none, restarts: 0 }, constraints),
      ...(given === undefined ? {} : { given }),
    },
    labels,
    counts,
    residual: null,
    rivals: [],
    surest: Array.from(counts.values, () => []),
    replicates: Array.from({ length: replicates }, (_, r) => replicateOf(r)),
    known: labels.map(() => null),
    planned: replicates,
    incomplete: 0,
    elsewhere: [],
    rebuilt: [{ modality: 'image', explained: 0.9 }],
    divided: [],
    seed,
  }
}
