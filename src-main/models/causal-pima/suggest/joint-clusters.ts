/** The clusters that all views of the samples show together: intersected, as mixture oracles are (Kivva et al. 2021). */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import type { DivisionFit } from './cluster-counts.ts'
import type { ViewDivision } from '../../../statistics/view-division.ts'
import type { JointClusters } from './naming-fit.ts'

const { oracleCell, oracleStray, replicatedCluster, secondCluster, suggestedSharpness } = thresholds

/** Are these clusters, and not pieces of a continuum: sharp, few samples between them, each found in both halves? */
export function standsApart({ sharpness, stray, weakest, second }: DivisionFit): boolean {
  return (
    sharpness >= suggestedSharpness && stray <= oracleStray && weakest >= replicatedCluster && second >= secondCluster
  )
}

/** The finest division into clusters that stand apart; null where the samples do not divide. */
export function finestDivision<F extends DivisionFit>(fits: readonly F[]): F | null {
  return fits.filter((fit) => fit.clusters > 1 && standsApart(fit)).at(-1) ?? null
}

/**
 * Cells of the intersection that hold samples. Where too many samples lie between them, the views do not fit together and
 * the first alone counts.
 */
export function jointClusters(views: readonly ViewDivision[], samples: number): JointClusters {
  const [first] = views
  if (first === undefined) return { clusters: 1, labels: new Int32Array(samples) }
  const codes = Array.from({ length: samples }, (_, d) => views.map(({ labels }) => labels[d]!).join())
  const counts = new Map<string, number>()
  let seen = 0
  codes.forEach((code, d) => {
    if (views.some(({ labels }) => labels[d]! < 0)) return
    seen++
    counts.set(code, (counts.get(code) ?? 0) + 1)
  })
  const cells = [...counts].filter(([, count]) => count >= oracleCell * seen).sort(([a], [b]) => (a < b ? -1 : 1))
  const stray = seen - cells.reduce((sum, [, count]) => sum + count, 0)
  if (stray > oracleStray * seen) return jointClusters([first], samples)
  const labelOf = new Map(cells.map(([code], label) => [code, label]))
  return { clusters: cells.length, labels: Int32Array.from(codes, (code) => labelOf.get(code) ?? -1) }
}
