/** What a finished run says (partial-causal.md section 6), read from all samples under the encoders as they stand. */
import type { Provenance } from '../../../src-shared/domain/run.ts'
import { namedMatrix } from '../../../src-shared/domain/result.ts'
import { type PartialCausalConfig, temperatureOf } from '../../../src-shared/methods/partial-causal/config.ts'
import { arrayNames, type PartialCausalBody, scoreKind } from '../../../src-shared/methods/partial-causal/result.ts'
import type { SessionResult } from '../session.ts'
import { pickRows, realMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { componentMeasures } from '../../statistics/unmixing/component-measures.ts'
import { inTurns } from '../../statistics/piecewise.ts'
import { uniformity } from './assumptions.ts'
import type { Outputs, Unmixed } from './components.ts'
import { collapsedLoss } from './loss-form.ts'
import { linearShare } from './linear-share.ts'
import { endsOf } from './ends.ts'
import { readLosses } from './embeddings.ts'
import { privatesOf } from './private-parts.ts'
import type { PartialCausalModel } from './model.ts'
import { pairsOf } from './pairs.ts'
import { readUnmixed } from './read-unmixed.ts'
import { isCollapsed, sharedInformation } from './shared-information.ts'
import type { State } from './state.ts'
import type { TrainingData } from './training-data.ts'

export interface ResultParts {
  readonly model: PartialCausalModel
  readonly data: TrainingData
  readonly config: PartialCausalConfig
  readonly state: State
  readonly seed: number
}

export async function buildResult(
  { model, data, config, state, seed }: ResultParts,
  provenance: Provenance,
  seconds: number,
): Promise<SessionResult> {
  const { geometry, profile, latent } = config
  const heldOut = data.validation.length > 0
  const { outputs, unmixed, principal, fitted, measured } = await readUnmixed({ model, data, config, seed })
  const size = Math.min(data.batchSize, measured.length)
  const losses = await readLosses(model, data, measured, size)
  const names = data.modalities.map(({ name }) => name)
  const pairs = pairsOf(names.length).map(([m, k], p) => ({
    first: names[m]!,
    second: names[k]!,
    loss: state.losses?.[p] ?? losses[p]!,
    information: Math.max(0, sharedInformation(losses[p]!, profile, size)),
    linearR2: heldOut ? linearShare(outputs[m]!, outputs[k]!, data.training, measured) : null,
    collapsed: isCollapsed(state.losses?.[p] ?? losses[p]!, profile, data.batchSize),
  }))
  const combined = combine(unmixed, data.samples)
  const privates = []
  for (const m of data.modalities.keys())
    privates.push(await inTurns(privatesOf({ data, config, seed }, m, unmixed, { fitted, measured }), data.breathe))
  const body: PartialCausalBody = {
    ...{ geometry, profile, batchSize: data.batchSize },
    temperature: await model.temperature(),
    temperatureLearnt: temperatureOf(config).learnt,
    ...{ fitted: fitted.length, measured: measured.length, heldOut },
    unmixing: principal ? 'PCA and FastICA' : 'FastICA',
    notes: [...unmixed.notes],
    modalities: describeModalities(outputs, unmixed, config, measured),
    pairs,
    components: describeComponents(unmixed, combined, data.ids),
    privates: privates.map(({ described }) => described),
  }
  const score = pairs.reduce((sum, { information }) => sum + information, 0) / pairs.length
  const terms = Object.fromEntries(pairs.map(({ first, second, loss }) => [`loss/${first} and ${second}`, loss]))
  return {
    result: {
      ...{ method: 'partial-causal', provenance, config, seconds, epochs: state.epoch, body },
      score: { ...scoreKind, value: score, terms },
      warnings: [...data.warnings],
      cautions: cautionsOf(body),
    },
    arrays: {
      ids: data.ids,
      named: {
        ...namedArrays(outputs, unmixed, combined, data.samples, latent.size),
        ...Object.fromEntries(
          privates.flatMap(({ table, described }, m) =>
            described.length === 0 ? [] : [[arrayNames.privateOf(m), table] as const],
          ),
        ),
      },
    },
  }
}

function cautionsOf({ pairs, batchSize, profile }: PartialCausalBody): string[] {
  const equal = collapsedLoss(profile, batchSize).toFixed(2)
  return pairs.flatMap(({ first, second, loss, collapsed }) =>
    collapsed
      ? [
          `Nothing was learnt of what ${first} and ${second} share: their loss (${loss.toFixed(2)}) did not fall more than 1 % below that of collapsed encoders, whose outputs are all equal (${equal} for batches of ${batchSize}). Another seed, more steps, a higher temperature or a lower learning rate may help.`,
        ]
      : [],
  )
}

/** Mean over the modalities that a sample has, [n, C]; NaN where it has none. */
function combine({ modalities, components }: Unmixed, samples: number): Float64Array {
  const out = new Float64Array(samples * components)
  for (let at = 0; at < out.length; at++) {
    const told = modalities.map(({ values }) => values[at]!).filter((value) => !Number.isNaN(value))
    out[at] = told.length === 0 ? NaN : told.reduce((sum, value) => sum + value, 0) / told.length
  }
  return out
}

/** Standard deviation over the modalities that a sample has, NaN where it has only one. */
function spread(modalities: Unmixed['modalities'], combined: Float64Array): Float64Array {
  return combined.map((mean, at) => {
    const told = modalities.map(({ values }) => values[at]!).filter((value) => !Number.isNaN(value))
    return told.length < 2 ? NaN : Math.sqrt(told.reduce((sum, value) => sum + (value - mean) ** 2, 0) / told.length)
  })
}

function describeModalities(
  outputs: readonly Outputs[],
  { modalities, components }: Unmixed,
  { geometry }: PartialCausalConfig,
  measured: Int32Array,
): PartialCausalBody['modalities'] {
  return modalities.map(({ modality, values, iterations, lastChange, converged }, m) => {
    const own = outputs[m]!
    const { measured: departs, byChance } = uniformity(own.values.values, own.values.columns, geometry)
    const held = pickRows(realMatrix(values.length / components, components, values), measured)
    const { meanAbsoluteCorrelation, excessKurtosis } = componentMeasures(held)
    return {
      ...{ modality, samples: own.rows.length, iterations, lastChange, converged },
      ...{ uniformity: departs, uniformityByChance: byChance },
      dependence: meanAbsoluteCorrelation ?? 0,
      kurtosis: excessKurtosis.map((one) => one ?? 0),
    }
  })
}

function describeComponents(
  { components, coupling }: Unmixed,
  combined: Float64Array,
  ids: readonly string[],
): PartialCausalBody['components'] {
  return Array.from({ length: components }, (_, c) => {
    const each = coupling[c]!
    return {
      name: `C${c + 1}`,
      coupling: [...each],
      strength: each.reduce((sum, value) => sum + value, 0) / each.length,
      ...endsOf(combined, components, c, ids),
    }
  })
}

function namedArrays(
  outputs: readonly Outputs[],
  { modalities, components }: Unmixed,
  combined: Float64Array,
  samples: number,
  latent: number,
): SessionResult['arrays']['named'] {
  const table = (values: Float64Array) => namedMatrix(Float32Array.from(values), samples, components)
  return {
    [arrayNames.components]: table(combined),
    [arrayNames.spread]: table(spread(modalities, combined)),
    ...Object.fromEntries(modalities.map(({ values }, m) => [arrayNames.componentsOf(m), table(values)])),
    ...Object.fromEntries(
      outputs.map(({ rows, values }, m) => {
        const all = new Float32Array(samples * latent).fill(NaN)
        rows.forEach((row, at) => all.set(values.values.subarray(at * latent, (at + 1) * latent), row * latent))
        return [arrayNames.embeddingOf(m), namedMatrix(all, samples, latent)]
      }),
    ),
  }
}
