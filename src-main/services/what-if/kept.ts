/** Questions what if that people keep with a run: the report answers them. Kept as annotations are, so that undo takes them back. */
import * as v from 'valibot'
import type { Effect } from '../../../src-shared/contract/what-if.ts'
import type { Setting } from '../../../src-shared/graph-questions/called.ts'
import { annotate, readAnnotations } from '../../project/annotations.ts'
import type { ReadableProject, WritableProject } from '../../project/project.ts'
import type { AskedRun } from './asked-run.ts'
import { effectOf, settingWords } from './effect.ts'

const key = 'what-if'
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const kept = v.array(v.array(v.strictObject({ node: index, value: index })))

function readKept(project: ReadableProject, runId: number): readonly (readonly Setting[])[] {
  const parsed = v.safeParse(kept, readAnnotations(project.database, runId).values.get(key) ?? [])
  return parsed.success ? parsed.output : []
}

const sameQuestion = (first: readonly Setting[], second: readonly Setting[]): boolean =>
  first.length === second.length &&
  first.every((one) => second.some(({ node, value }) => node === one.node && value === one.value))

/** Keeps the question with the run, once, as one step of undo. Throws `refused` where nothing, or no category, is set. */
export function keepQuestion(
  project: WritableProject,
  runId: number,
  run: AskedRun,
  settings: readonly Setting[],
): void {
  effectOf(run, settings)
  const before = readKept(project, runId)
  if (before.some((one) => sameQuestion(one, settings))) return
  annotate(project.database, runId, `Keep what if ${settingWords(run.graph, settings)}`, [
    { key, value: [...before, settings] },
  ])
}

/** Answers to the questions kept, as the run is judged now. */
export function keptEffects(project: ReadableProject, runId: number, run: AskedRun): readonly Effect[] {
  const { nodes } = run.graph
  return readKept(project, runId)
    .filter((settings) => settings.length > 0)
    .filter((settings) => settings.every(({ node, value }) => nodes[node]?.categories[value] !== undefined))
    .map((settings) => effectOf(run, settings))
}
