/**
 * How firmly each component of a run may be stated. A replicate's components are matched to the run's on the samples that
 * it trained on and compared on the others, so that the matching itself makes nothing agree.
 */
import type { ComponentJudgement, ComponentReturn } from '../../../src-shared/domain/component-judgement.ts'
import type { Estimate } from '../../../src-shared/domain/judgement.ts'
import { componentThresholds } from '../../../src-shared/findings/component-thresholds.ts'
import type { Standing } from '../../../src-shared/graph/edge.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { correlation } from '../../statistics/correlation.ts'
import { bestMatching } from '../../statistics/matching.ts'
import { meanOf } from '../judging/agreement-interval.ts'
import { pooledCorrelation, type Told } from './correlation-interval.ts'
import { linearR2 } from './linear-r2.ts'

/** Component values [n, C] of each modality, NaN where a sample has it not. */
export interface ComponentTables {
  readonly components: number
  readonly modalities: readonly Float32Array[]
}

export interface ReplicatedTables extends ComponentTables {
  /** Rows that it did not train on. */
  readonly leftOut: readonly number[]
}

export interface ComponentRun extends ComponentTables {
  readonly samples: number
  readonly replicates: readonly ReplicatedTables[]
  readonly planned: number
  /** Theory tells the components up to a rotation alone. */
  readonly upToRotation: boolean
  /** |Correlation| of each component as halves of the samples that share none lay its axis, where that is known. */
  readonly halves?: readonly number[]
  readonly seed: number
}

/** A modality alone: the same, of one modality. */
type Judged = Omit<ComponentJudgement, 'privates'>

export function judgeComponents(run: ComponentRun): Judged {
  const { components, replicates, planned, seed } = run
  const compared = replicates.map((replicate) => compare(run, replicate))
  const mcc =
    compared.length === 0
      ? null
      : pooledCorrelation(
          compared.map(({ returned }) => returned.flat()),
          RandomStream.of(seed, 'component/all'),
        )
  const turned = run.upToRotation && mcc !== null && mcc.interval[0] < componentThresholds.supported
  const judged = Array.from({ length: components }, (_, c): ComponentReturn => {
    if (compared.length === 0) return { replicability: null, coupling: null, standing: 'provisional' }
    const random = RandomStream.of(seed, `component/${c}`)
    const replicability = pooledCorrelation(
      compared.map(({ returned }) => returned[c]!),
      random,
    )
    const coupling =
      run.modalities.length < 2
        ? null
        : pooledCorrelation(
            compared.map(({ coupled }) => coupled[c]!),
            random,
          )
    return {
      replicability,
      coupling,
      standing: standingOf(replicability, coupling, turned || (run.halves?.[c] ?? 1) < componentThresholds.halves),
    }
  })
  const space =
    compared.length === 0
      ? null
      : meanOf(
          compared.map((each) => each.space),
          RandomStream.of(seed, 'component/space'),
        )
  return { replicates: compared.length, planned, mcc, space, components: judged }
}

/**
 * @param coupling null where nothing is to be shared
 * @param turned its axis may be one that samples in common bring back
 */
function standingOf(replicability: Estimate, coupling: Estimate | null, turned: boolean): Standing {
  const { supported, tentative, coupled } = componentThresholds
  const [returnsFrom] = replicability.interval
  const coupledFrom = coupling === null ? 1 : coupling.interval[0]
  if (replicability.mean < tentative || coupledFrom <= 0) return 'unsupported'
  return returnsFrom >= supported && coupledFrom >= coupled && !turned ? 'supported' : 'tentative'
}

interface Compared {
  /** Of each component: its |correlation| with its partner in every modality, and the partner's between modalities. */
  readonly returned: readonly (readonly Told[])[]
  readonly coupled: readonly (readonly Told[])[]
  /** R2 of a linear map from the replicate's components to the run's, mean over the modalities. */
  readonly space: number
}

function compare(run: ComponentRun, replicate: ReplicatedTables): Compared {
  const isLeftOut = new Uint8Array(run.samples)
  for (const row of replicate.leftOut) isLeftOut[row] = 1
  const rows = Array.from({ length: run.samples }, (_, row) => row)
  const inside = rows.filter((row) => isLeftOut[row] === 0)
  const outside = rows.filter((row) => isLeftOut[row] === 1)
  const partner = partners(run, replicate, inside)
  const spaces = run.modalities.map((own, m) => {
    const there = { values: replicate.modalities[m]!, columns: replicate.components }
    return linearR2(there, { values: own, columns: run.components }, inside, outside)
  })
  return {
    returned: partner.map((p, c) =>
      run.modalities.map((own, m) =>
        p < 0
          ? { value: 0, samples: outside.length }
          : absolute(
              told(column(own, run.components, c), column(replicate.modalities[m]!, replicate.components, p), outside),
            ),
      ),
    ),
    coupled: partner.map((p) =>
      pairs(run.modalities.length).map(([m, k]) =>
        p < 0
          ? { value: 0, samples: outside.length }
          : told(
              column(replicate.modalities[m]!, replicate.components, p),
              column(replicate.modalities[k]!, replicate.components, p),
              outside,
            ),
      ),
    ),
    space: spaces.reduce((sum, r2) => sum + r2, 0) / spaces.length,
  }
}

/** The replicate's component that each of the run's is, by mean |correlation| over the modalities; -1: none is left. */
function partners(run: ComponentTables, replicate: ComponentTables, rows: readonly number[]): number[] {
  return bestMatching(
    Array.from({ length: run.components }, (_, c) =>
      Array.from({ length: replicate.components }, (_other, p) => {
        const each = run.modalities.map((own, m) =>
          Math.abs(
            told(column(own, run.components, c), column(replicate.modalities[m]!, replicate.components, p), rows).value,
          ),
        )
        return each.reduce((sum, value) => sum + value, 0) / each.length
      }),
    ),
  )
}

type Column = (row: number) => number

const column =
  (values: Float32Array, columns: number, c: number): Column =>
  (row) =>
    values[row * columns + c]!

/** On those of the rows that have both. */
function told(first: Column, second: Column, rows: readonly number[]): Told {
  const both = rows.filter((row) => Number.isFinite(first(row)) && Number.isFinite(second(row)))
  return {
    value: correlation(Float64Array.from(both, first), Float64Array.from(both, second)),
    samples: both.length,
  }
}

const absolute = ({ value, samples }: Told): Told => ({ value: Math.abs(value), samples })

function pairs(count: number): [number, number][] {
  return Array.from({ length: count }, (_, m) => m).flatMap((m) =>
    Array.from({ length: count - m - 1 }, (_k, k): [number, number] => [m, m + 1 + k]),
  )
}
