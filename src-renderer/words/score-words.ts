/** What runs are compared by, in words. */
import type { ScoreKind } from '../../src-shared/domain/result.ts'
import { resultsOf } from '../../src-shared/methods/results.ts'
import type { RunView } from '../state/run-list.ts'
import { glossary, type TermName } from './glossary.ts'

export function scoreOf(method: RunView['method']): ScoreKind {
  return resultsOf(method).score
}

/** The score that all these runs have; null where they have several, or there is no run. */
export function commonScore(runs: readonly Pick<RunView, 'method'>[]): ScoreKind | null {
  const [first, ...others] = new Map(runs.map(({ method }) => [scoreOf(method).name, scoreOf(method)])).values()
  return others.length === 0 ? (first ?? null) : null
}

/** Where the glossary explains the score, if it does. */
export function termOfScore(name: string): TermName | null {
  return (Object.keys(glossary) as TermName[]).find((term) => glossary[term].title === name) ?? null
}
