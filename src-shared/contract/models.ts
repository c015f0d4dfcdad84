/** Configuring a method: defaults, problems by field as one types, what a run will cost. */
import * as v from 'valibot'
import { mostNodesCompared, suggestion } from '../domain/suggestion.ts'
import { engineChoice, id, method, type ReadonlyDeep, task, whole } from './shapes.ts'

/** A JSON object; its own schema is the method's (src-shared/config). */
export const config = v.record(v.string(), v.unknown())

export const configProblem = v.object({
  /** Dotted path into the configuration: `training.epochs`, `nodes.1.name`. */
  field: v.string(),
  message: v.string(),
  hint: v.string(),
})
export type ConfigProblem = ReadonlyDeep<v.InferOutput<typeof configProblem>>

export const estimate = v.object({
  /** Whole run on this machine's engine. */
  seconds: v.number(),
  /** What it takes beyond that should pre-training have to begin again; 0 where it cannot. */
  secondsAgain: v.number(),
  secondsPerEpoch: v.number(),
  /** Peak of the trainer. */
  memoryBytes: v.number(),
  /** `measured`: from earlier runs of this kind here; `computed`: from the arithmetic a step takes. */
  basis: v.picklist(['measured', 'computed']),
  engine: v.string(),
  parameters: whole,
  /** Joint outcomes C. */
  components: whole,
  latent: whole,
})
export type Estimate = ReadonlyDeep<v.InferOutput<typeof estimate>>

const suggesting = {
  dataset: id,
  method,
  config,
  engine: engineChoice,
  threads: v.nullable(whole),
  mostNodes: v.pipe(whole, v.minValue(1), v.maxValue(mostNodesCompared)),
}

export const modelRequests = {
  /** Every default filled in for this data set: modalities named, nodes proposed. */
  'model.defaults': {
    request: v.strictObject({ dataset: id, method }),
    response: v.object({ config }),
  },
  /** Answers in a few milliseconds. `config` is the filled one, null while there are problems. */
  'model.check': {
    request: v.strictObject({ dataset: id, method, config, engine: engineChoice, threads: v.nullable(whole) }),
    response: v.object({
      config: v.nullable(config),
      problems: v.array(configProblem),
      estimate: v.nullable(estimate),
      /** What to know before the run starts, in words. */
      notes: v.array(v.string()),
      /** What hardly ever works, asked about before it starts. */
      doubts: v.array(v.string()),
    }),
  },
  /** About how long `model.suggest` takes. */
  'model.suggestTime': { request: v.strictObject(suggesting), response: v.object({ seconds: v.number() }) },
  /** How many nodes and categories the samples speak for: minutes of work in a process of its own. */
  'model.suggest': {
    request: v.strictObject({ ...suggesting, seed: v.pipe(v.number(), v.safeInteger()), task }),
    response: v.object({ suggestion, headline: v.string(), details: v.array(v.string()) }),
  },
} as const
