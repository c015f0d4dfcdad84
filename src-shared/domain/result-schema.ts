/** The shape of a stored result (result.ts), checked when it is read. */
import * as v from 'valibot'
import { provenance } from '../contract/runs.ts'
import { learnedGraph } from '../graph/learned-graph-schema.ts'
import type { CausalPimaResult } from './result.ts'

const index = v.pipe(v.number(), v.integer(), v.minValue(0))
const numbers = v.array(v.number())
const matrix = v.array(numbers)
const reading = v.object({ order: v.array(index), residual: v.number() })

export const causalPimaResult = v.object({
  method: v.literal('causal-pima'),
  provenance,
  config: v.unknown(),
  graph: learnedGraph,
  components: v.array(
    v.object({
      outcome: index,
      categories: v.array(index),
      weight: v.number(),
      mean: numbers,
      variance: numbers,
      nearest: v.array(v.string()),
    }),
  ),
  decoded: v.array(v.object({ modality: v.string(), values: matrix })),
  assignment: v.nullable(v.object({ chosen: reading, rivals: v.array(reading) })),
  separation: v.exactOptional(v.nullable(v.number())),
  elbo: v.number(),
  terms: v.record(v.string(), v.number()),
  seconds: v.number(),
  epochs: index,
  warnings: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, CausalPimaResult>

/** result.json: the result, and beside it where its arrays are. */
export const resultFile = v.object({
  ...causalPimaResult.entries,
  sampleArrays: v.object({ file: v.string(), sha256: v.string() }),
})
