/** The configuration of a causalPIMA run (causal-pima.md sections 1-6): one schema, every default filled in. */
import * as v from 'valibot'
import { knowledgeSchema } from '../../knowledge/knowledge.ts'
import { thresholds } from './thresholds.ts'

const positive = (fallback: number) => v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0)), fallback)
const count = (fallback: number, minimum = 1) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(minimum)), fallback)

export const nodeSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1)),
  categories: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(64)),
  /** Metadata column whose known values tie this node. */
  anchor: v.optional(v.nullable(v.string()), null),
})

const expertSchema = v.strictObject({
  modality: v.string(),
  kind: v.picklist(['line', 'elastic-plastic', 'exponential-decay', 'power-law', 'damped-oscillation', 'formula']),
  /** For `formula`: an expression in t and named parameters, e.g. `a * exp(-k * t)`. */
  formula: v.optional(v.string()),
})

export const causalPimaConfigSchema = v.strictObject({
  nodes: v.optional(v.pipe(v.array(nodeSchema), v.minLength(1), v.maxLength(12)), () => [
    { name: 'N1', categories: 2, anchor: null },
    { name: 'N2', categories: 2, anchor: null },
    { name: 'N3', categories: 2, anchor: null },
  ]),
  /** Names of the modalities used; empty: all. */
  modalities: v.optional(v.array(v.string()), []),
  latent: v.optional(
    v.strictObject({
      /** l; 0 stands for the default: max(L, 2) + 1, with several modalities up to two more for each, at most 16. */
      size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64)), 0),
    }),
    {},
  ),
  training: v.optional(
    v.pipe(
      v.strictObject({
        pretrainEpochs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
        /**
         * Pre-training makes at least so many steps, in as many epochs as they take: small sets need them. 500 where
         * neither is said; epochs alone mean just those epochs.
         */
        pretrainSteps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
        epochs: count(20, 0),
        batchSize: count(128),
        learningRate: positive(1e-3),
        /** Epochs without a better validation ELBO before the run stops early; 0: never. */
        patience: count(10, 0),
        validationFraction: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5)), 0.1),
        /** Epochs over which the KL weight rises from 0 to 1 at the start of pre-training. */
        klWarmupEpochs: count(0, 0),
        /** Joint phase: with this probability only a random non-empty subset of modalities enters a batch's fusion. */
        modalityDropout: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.2),
        /** Each modality counts as if all had equally many values; false: by its number of values, as the ELBO stands. */
        balance: v.optional(v.boolean(), true),
        /** Steps between checkpoints; 0: only at each epoch's end. */
        checkpointSteps: count(0, 0),
        /** Keep one checkpoint every so many epochs besides the last and the best; 0: none. */
        checkpointKeepEvery: count(10, 0),
      }),
      v.transform(({ pretrainEpochs, pretrainSteps, ...rest }) => ({
        pretrainEpochs: pretrainEpochs ?? 20,
        pretrainSteps: pretrainSteps ?? (pretrainEpochs === undefined ? 500 : 0),
        ...rest,
      })),
    ),
    {},
  ),
  dag: v.optional(
    v.strictObject({
      /** Cost of an edge in nats. */
      lambda: v.optional(v.pipe(v.number(), v.minValue(0)), 0.003),
      /** Final temperature beta. */
      temperature: positive(0.1),
      learningRate: positive(1.5e-2),
      restarts: count(12),
      steps: count(300),
    }),
    {},
  ),
  mixture: v.optional(
    v.strictObject({
      /** Mixtures fitted; of the readings with clear gaps the one with the lowest residual is taken. */
      readings: count(12),
      /**
       * Clusters without structure that would be named as well with a probability above this say that clusters overlap
       * in the latent: pre-train again from another draw, ...
       */
      retryAbove: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), thresholds.retryNull),
      /** ... at most this often. */
      retries: count(1, 0),
      /** Clusters are also looked for in each modality alone and intersected; each is then learnt by itself first. */
      oracles: v.optional(v.boolean(), true),
      damping: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 0.5),
      varianceFloor: positive(1e-4),
      /** `exact`: responsibilities that maximise the ELBO; `sampled`: the published single-sample VaDE form. */
      responsibilities: v.optional(v.picklist(['exact', 'sampled']), 'exact'),
      /** Restarts of the assignment search. */
      assignmentRestarts: count(40),
    }),
    {},
  ),
  /** Decoder noise sigma_m^2: a trainable scalar per modality, or the batch's optimum (it need not be waited for). */
  noise: v.optional(v.picklist(['trainable', 'optimal']), 'optimal'),
  experts: v.optional(v.array(expertSchema), []),
  /** What is known of the nodes before training. */
  knowledge: v.optional(knowledgeSchema, {}),
})

export type CausalPimaConfig = v.InferOutput<typeof causalPimaConfigSchema>
