/** Golden kinds of evidence.json: exact edge probabilities, agreement of two trainings' nodes, interventions; float64. */
import * as v from 'valibot'
import { matchByAgreement } from '../../../src-main/evidence/node-agreement.ts'
import { enumerateDags } from '../../../src-main/evidence/dag-posterior.ts'
import { edgePosterior } from '../../../src-main/evidence/edge-posterior.ts'
import type { Score } from '../../../src-main/evidence/family-score.ts'
import { intervene } from '../../../src-main/evidence/intervention.ts'
import type { GoldenKind } from '../kind.ts'

const vector = v.array(v.number())
const matrix = v.array(vector)

const posteriorInput = v.object({
  categories: vector,
  counts: vector,
  score: v.picklist(['bdeu', 'k2', 'bic']),
  equivalentSampleSize: v.number(),
})

export const edgePosteriorKind: GoldenKind = {
  tolerance: 1e-9,
  evaluate: (input) => {
    const { categories, counts, score: kind, equivalentSampleSize } = v.parse(posteriorInput, input)
    const score: Score = kind === 'bdeu' ? { kind, equivalentSampleSize } : { kind }
    const { directed, joined, logSum } = edgePosterior({ categories, values: counts }, score)
    return { directed, joined, logEvidence: logSum, dags: enumerateDags(categories.length).length }
  },
}

export const replicability: GoldenKind = {
  tolerance: 1e-9,
  evaluate: (input) => {
    const { first, second } = v.parse(v.object({ first: matrix, second: matrix }), input)
    return matchByAgreement(first, second)
  },
}

export const intervention: GoldenKind = {
  tolerance: 1e-9,
  evaluate: (input) => {
    const schema = v.object({ categories: vector, tables: matrix, node: v.number(), value: v.number() })
    const { categories, tables, node, value } = v.parse(schema, input)
    return intervene(tables, categories, [{ node, value }])
  },
}
