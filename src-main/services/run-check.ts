/** Whether a run can be trained, asked before it exists: every contradiction, misfit and unreadable formula at once. */
import { usedModalities, usualModalities } from '../../src-shared/config/used-modalities.ts'
import { incompleteWords, leftOutWords } from '../../src-shared/config/left-out.ts'
import { checkConfig, type CheckedConfig } from '../../src-shared/config/parse.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { settingsOf } from '../../src-shared/methods/available.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import type { ConfigProblem, MethodConfig } from '../../src-shared/methods/method.ts'
import { roomOf } from '../models/methods.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { featureProblems } from './features.ts'
import { incompleteSamples, usedRowsOf } from './used-rows.ts'

export type RunCheck =
  | {
      readonly config: MethodConfig
      readonly problems: readonly []
      /** Samples that take part. */
      readonly samples: number
      /** What to know before it starts, in words. */
      readonly notes: readonly string[]
      /** Settings that hardly ever work, in words. */
      readonly doubts: readonly string[]
    }
  | { readonly config: null; readonly problems: readonly ConfigProblem[] }

/** As `checkFit`, with what has to be read from the samples themselves to be told. */
export function checkRun(
  database: ReadableDatabase,
  dataset: DatasetSummary,
  method: Method,
  input: unknown,
): RunCheck {
  const checked = checkFit(database, dataset, method, input)
  if (checked.config === null) return checked
  const incomplete = incompleteSamples(database, dataset, checked.config)
  if (incomplete === 0) return checked
  return { ...checked, notes: [...checked.notes, incompleteWords(incomplete, checked.samples)] }
}

export function checkFit(
  database: ReadableDatabase,
  dataset: DatasetSummary,
  method: Method,
  input: unknown,
): RunCheck {
  const { config, problems: wrong, stoodIn } = checkWithModalities(dataset, method, input)
  if (config === null) return { config, problems: wrong }
  const known = config.modalities.every((name) => dataset.modalities.some((modality) => modality.name === name))
  const samples = known ? (usedRowsOf(database, dataset, config)?.length ?? dataset.samples) : dataset.samples
  const problems = [
    ...settingsOf(method).fitProblems(config, { ...dataset, samples }),
    ...roomOf(method).problems(config),
    ...featureProblems(database, dataset, config),
  ]
  if (problems.length > 0) return { config: null, problems }
  const leftOut = dataset.samples - samples
  const notes = [
    ...(stoodIn ? [stoodInWords(config.modalities, dataset.modalities)] : []),
    ...(leftOut === 0 ? [] : [leftOutWords(leftOut, usedModalities(config, dataset))]),
  ]
  return { config, problems: [], samples, notes, doubts: settingsOf(method).doubts?.(config) ?? [] }
}

/** The configuration, with the usual modalities where it names none and some were prepared. */
function checkWithModalities(
  { modalities }: DatasetSummary,
  method: Method,
  input: unknown,
): CheckedConfig & { readonly stoodIn: boolean } {
  const checked = checkConfig(method, input)
  if (checked.config === null || checked.config.modalities.length > 0) return { ...checked, stoodIn: false }
  if (modalities.every(({ prepared }) => prepared === undefined)) return { ...checked, stoodIn: false }
  const usual = usualModalities(modalities, settingsOf(method))
  if (usual.join() === usedModalities(checked.config, { modalities }).join()) return { ...checked, stoodIn: false }
  return { ...checkConfig(method, { ...checked.config, modalities: [...usual] }), stoodIn: true }
}

/** What a run uses that named nothing, and why. */
function stoodInWords(used: readonly string[], modalities: DatasetSummary['modalities']): string {
  const prepared = modalities.filter(({ name, prepared }) => prepared !== undefined && used.includes(name))
  const instead = prepared.some(({ prepared }) => prepared?.divides === undefined)
  const beside = prepared.filter(({ prepared }) => prepared?.divides !== undefined).map(({ name }) => name)
  const why = [
    ...(instead ? ['what was prepared instead of what it was prepared from'] : []),
    ...(beside.length > 0
      ? [
          `${beside.join(', ')} beside what ${beside.length > 1 ? 'they were' : 'it was'} made from, for the clusters in it`,
        ]
      : []),
  ]
  return `It uses ${used.join(', ')}: ${why.join('; ')}.`
}
