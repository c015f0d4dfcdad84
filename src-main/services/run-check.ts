/** Whether a run can be trained, asked before it exists: every contradiction, misfit and unreadable formula at once. */
import type { CausalPimaConfig } from '../../src-shared/config/causal-pima.ts'
import { fitProblems, usedModalities } from '../../src-shared/config/fit.ts'
import { leftOutWords } from '../../src-shared/config/left-out.ts'
import type { AvailableMethod } from '../../src-shared/config/methods.ts'
import { checkConfig, type ConfigProblem } from '../../src-shared/config/parse.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { toErrorData } from '../../src-shared/errors.ts'
import { readFormula } from '../models/causal-pima/experts/formula-syntax.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { usedRowsOf } from './used-rows.ts'

export type RunCheck =
  | {
      readonly config: CausalPimaConfig
      readonly problems: readonly []
      /** Samples that take part. */
      readonly samples: number
      /** What to know before it starts, in words. */
      readonly notes: readonly string[]
    }
  | { readonly config: null; readonly problems: readonly ConfigProblem[] }

export function checkRun(
  database: ReadableDatabase,
  dataset: DatasetSummary,
  method: AvailableMethod,
  input: unknown,
): RunCheck {
  const { config, problems: wrong } = checkConfig(method, input)
  if (config === null) return { config, problems: wrong }
  const known = config.modalities.every((name) => dataset.modalities.some((modality) => modality.name === name))
  const samples = known ? (usedRowsOf(database, dataset, config)?.length ?? dataset.samples) : dataset.samples
  const problems = [...fitProblems(config, { ...dataset, samples }), ...formulaProblems(config)]
  if (problems.length > 0) return { config: null, problems }
  const leftOut = dataset.samples - samples
  const notes = leftOut === 0 ? [] : [leftOutWords(leftOut, usedModalities(config, dataset))]
  return { config, problems: [], samples, notes }
}

function formulaProblems(config: CausalPimaConfig): ConfigProblem[] {
  return config.experts.flatMap(({ kind, formula, modality }, i): ConfigProblem[] => {
    if (kind !== 'formula') return []
    try {
      readFormula(formula ?? '', modality)
      return []
    } catch (error) {
      const { message, hint } = toErrorData(error)
      return [{ field: `experts.${i}.formula`, message, hint }]
    }
  })
}
