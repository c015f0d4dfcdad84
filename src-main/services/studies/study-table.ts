/** What came of a study: its settings side by side over the seeds, and which does best by what nothing was learnt from. */
import { refused } from '../../../src-shared/errors.ts'
import { resultsOf } from '../../../src-shared/methods/results.ts'
import type { RunStatus, RunSummary } from '../../../src-shared/domain/run.ts'
import { overSeeds, type SeedSummary } from '../../evaluation/probe/summary.ts'
import type { ReadableDatabase } from '../../project/database.ts'
import { readCheckpoints, readEpochs } from '../../project/run-history.ts'
import { readRun } from '../../project/runs.ts'
import { type Study, studyRuns } from '../../project/studies.ts'
import { pointsOf } from './grid.ts'

/**
 * By what settings are compared: `validation`, the score on validation samples in the epoch that was kept; `score`, the
 * finished run's own; else the name of a figure or term of that epoch.
 */
export interface StudyMeasure {
  /** Null: `validation` where every finished run has it, else `score`. */
  readonly by: string | null
  /** Less is better; null: as the method's score says, and for figures more is. */
  readonly lower: boolean | null
}

export interface StudyRow {
  readonly setting: number
  readonly values: readonly string[]
  readonly runs: readonly {
    readonly seed: number
    readonly run: number | null
    readonly status: RunStatus | null
    /** What settings are compared by; null before the run is done, or where it has no such figure. */
    readonly value: number | null
  }[]
  /** Over the seeds that are done; null before the first. */
  readonly measure: SeedSummary | null
  readonly score: SeedSummary | null
  readonly seconds: number
  /** The best setting's measure less this one's, over seeds that both have; null for the best and before there is one. */
  readonly behind: SeedSummary | null
}

export interface StudyTable {
  readonly by: string
  readonly lower: boolean
  readonly rows: readonly StudyRow[]
  /** The setting that does best on average among those with every seed done; null before one has. */
  readonly best: number | null
  /** That of its runs that does best; null with it. */
  readonly bestRun: number | null
  /** Others of which these seeds do not tell that the best is better: the interval of the difference holds 0. */
  readonly undecided: readonly number[]
}

export function studyTable(database: ReadableDatabase, study: Study, { by, lower }: StudyMeasure): StudyTable {
  const points = pointsOf(study)
  const runs = studyRuns(database, study.id)
  const of = points.map((point, position) => {
    const id = runs.get(position)
    return { ...point, run: id === undefined ? null : readRun(database, id) }
  })
  const done = of.flatMap(({ run }) => (run?.status === 'done' ? [run] : []))
  const named = by ?? (done.length > 0 && done.every((run) => valueOf(database, run, 'validation') !== null) ? 'validation' : 'score') // prettier-ignore
  const less = lower ?? (isScore(named) && resultsOf(study.method).score.better === 'lower')
  const values = new Map(done.map((run) => [run.id, valueOf(database, run, named)]))
  if (done.length > 0 && [...values.values()].every((value) => value === null)) throw unknownMeasure(database, done[0]!, named) // prettier-ignore
  const count = points.length / study.seeds.length
  const measured = Array.from({ length: count }, (_, setting) =>
    of
      .filter((point) => point.setting === setting)
      .map(({ run }) => (run === null ? null : (values.get(run.id) ?? null))),
  )
  const means = measured.map((list) => (list.includes(null) ? null : overSeeds(list as number[]).mean))
  const best = bestOf(means, less)
  const rows = measured.map((list, setting): StudyRow => {
    const own = of.filter((point) => point.setting === setting)
    const finished = own.flatMap(({ run }) => (run?.status === 'done' ? [run] : []))
    return {
      ...{ setting, values: own[0]!.values },
      runs: own.map(({ seed, run }) => ({
        seed,
        run: run?.id ?? null,
        status: run?.status ?? null,
        value: run === null ? null : (values.get(run.id) ?? null),
      })),
      measure: summaryOf(list.filter((value) => value !== null)),
      score: summaryOf(finished.flatMap(({ score }) => score ?? [])),
      seconds: finished.reduce((sum, { seconds }) => sum + seconds, 0),
      behind:
        best === null || best === setting
          ? null
          : summaryOf(list.flatMap((value, seed) => (value === null ? [] : [measured[best]![seed]! - value]))),
    }
  })
  const undecided = rows.filter(({ behind }) => behind !== null && holdsZero(behind)).map(({ setting }) => setting)
  const first = best === null ? null : bestOf(measured[best]!, less)
  const bestRun = first === null ? null : (rows[best!]!.runs[first]?.run ?? null)
  return { by: named, lower: less, rows, best, bestRun, undecided }
}

const isScore = (by: string): boolean => by === 'validation' || by === 'score'
const summaryOf = (values: readonly number[]): SeedSummary | null => (values.length === 0 ? null : overSeeds(values))

/** One seed alone decides nothing. */
const holdsZero = ({ interval }: SeedSummary): boolean => interval === null || (interval[0] <= 0 && interval[1] >= 0)

function bestOf(means: readonly (number | null)[], lower: boolean): number | null {
  return means.reduce<number | null>((best, mean, at) => {
    if (mean === null || !Number.isFinite(mean)) return best
    return best === null || (lower ? mean < means[best]! : mean > means[best]!) ? at : best
  }, null)
}

/** The epoch whose model was kept, else the last. */
function keptEpoch(database: ReadableDatabase, runId: number) {
  const epochs = readEpochs(database, runId)
  const kept = readCheckpoints(database, runId).findLast(({ kind }) => kind === 'best')
  return (kept === undefined ? undefined : epochs.find(({ step }) => step === kept.step)) ?? epochs.at(-1)
}

function valueOf(database: ReadableDatabase, run: RunSummary, by: string): number | null {
  if (by === 'score') return run.score
  const epoch = keptEpoch(database, run.id)
  if (epoch === undefined) return null
  return by === 'validation' ? epoch.validationScore : (epoch.figures[by] ?? epoch.terms[by] ?? null)
}

function unknownMeasure(database: ReadableDatabase, run: RunSummary, by: string): Error {
  const epoch = keptEpoch(database, run.id)
  const named = [...Object.keys(epoch?.figures ?? {}), ...Object.keys(epoch?.terms ?? {})]
  const known = ['score', ...(epoch?.validationScore == null ? [] : ['validation']), ...named]
  return refused(`The runs have no figure "${by}".`, `They have ${known.join(', ')}.`, { field: 'by' })
}
