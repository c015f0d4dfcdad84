/** Golden kind `metrics`: clustering, representation and graph metrics in float64. */
import * as v from 'valibot'
import {
  adjustedRandIndex,
  clusteringAccuracy,
  normalisedMutualInformation,
  purity,
} from '../../../src-main/evaluation/clustering.ts'
import { distanceCorrelation } from '../../../src-main/evaluation/distance-correlation.ts'
import { linearR2, meanCorrelation } from '../../../src-main/evaluation/representation.ts'
import { digraphFromMatrix, isAcyclic } from '../../../src-shared/graph/digraph.ts'
import {
  cpdagDistance,
  structuralHammingDistance,
  structuralInterventionDistance,
} from '../../../src-shared/graph/distance.ts'
import type { GoldenKind } from '../kind.ts'

const vector = v.array(v.number())
const matrix = v.array(vector)

const clustering = v.object({ predicted: vector, truth: vector })
const representation = v.object({ truth: matrix, code: matrix })
const dependence = v.object({ x: matrix, y: matrix })
const graphs = v.object({ truth: matrix, estimate: matrix })

export const metrics: GoldenKind = {
  tolerance: 1e-9,
  evaluate: (input) => {
    if (v.is(clustering, input)) {
      const { predicted, truth } = input
      return {
        ari: adjustedRandIndex(predicted, truth),
        nmi: normalisedMutualInformation(predicted, truth),
        accuracy: clusteringAccuracy(predicted, truth),
        purity: purity(predicted, truth),
      }
    }
    if (v.is(representation, input)) {
      const { truth, code } = input
      return {
        mccPearson: meanCorrelation(code, truth, 'pearson'),
        mccSpearman: meanCorrelation(code, truth, 'spearman'),
        linearR2: linearR2(code, truth, 'in-sample').r2,
      }
    }
    if (v.is(graphs, input)) {
      const truth = digraphFromMatrix(input.truth)
      const estimate = digraphFromMatrix(input.estimate)
      const acyclic = isAcyclic(estimate)
      return {
        acyclic,
        shd: structuralHammingDistance(truth, estimate),
        cpdagShd: acyclic ? cpdagDistance(truth, estimate) : null,
        sid: acyclic ? structuralInterventionDistance(truth, estimate) : null,
      }
    }
    const { x, y } = v.parse(dependence, input)
    return distanceCorrelation(x, y)
  },
}
