/** The shape of result.json, checked when it is read. */
import * as v from 'valibot'
import { provenance } from '../contract/runs.ts'
import { method } from '../contract/shapes.ts'
import { isObject } from '../json-object.ts'
import { definitionOf } from '../methods/available.ts'
import type { RunResult } from './result.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Where the arrays are, beside result.json. */
const file = { file: v.string(), sha256: v.string() }

export interface StoredResult extends RunResult {
  readonly arrays: { readonly file: string; readonly sha256: string }
}

const common = {
  method,
  provenance,
  config: v.unknown(),
  seconds: v.number(),
  epochs: count,
  warnings: v.array(v.string()),
  cautions: v.exactOptional(v.array(v.string())),
}

const score = v.object({
  name: v.string(),
  unit: v.string(),
  better: v.picklist(['higher', 'lower']),
  value: v.number(),
  terms: v.record(v.string(), v.number()),
})

function enveloped(body: v.GenericSchema<unknown, unknown>): v.GenericSchema<unknown, StoredResult> {
  return v.object({ ...common, score, arrays: v.object(file), body })
}

/** Results from before there was an envelope: the body's fields stand among the others, the score is `elbo`. */
function bare(own: v.GenericSchema<unknown, unknown>, kind: Omit<RunResult['score'], 'value' | 'terms'>) {
  return v.pipe(
    v.looseObject({
      ...common,
      elbo: v.number(),
      terms: v.record(v.string(), v.number()),
      sampleArrays: v.object(file),
    }),
    v.transform(
      ({ elbo, terms, sampleArrays, method, provenance, config, seconds, epochs, warnings, ...body }): unknown => ({
        ...{ method, provenance, config, seconds, epochs, warnings, body },
        score: { ...kind, value: elbo, terms },
        arrays: sampleArrays,
      }),
    ),
    enveloped(own),
  )
}

export const resultFile = v.lazy((input): v.GenericSchema<unknown, StoredResult> => {
  const known = isObject(input) ? v.safeParse(method, input.method) : null
  const results = known?.success === true ? definitionOf(known.output).results : null
  if (results === null) return enveloped(v.unknown())
  return isObject(input) && 'body' in input ? enveloped(results.body) : bare(results.body, results.score)
})
