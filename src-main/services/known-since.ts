/** What is known since a run was done: told to its graph, and kept with the run as annotations are, so that undo takes it back. */
import * as v from 'valibot'
import type { RunResult } from '../../src-shared/domain/result.ts'
import { CausalscopeError, type ErrorData, refused } from '../../src-shared/errors.ts'
import type { GraphNames } from '../../src-shared/graph-formats/names.ts'
import { withNames } from '../../src-shared/graph-formats/names.ts'
import { underKnowledge } from '../../src-shared/knowledge/agreeing.ts'
import {
  type Given,
  givenOf,
  givenSchema,
  isEmpty,
  type Knowledge,
  renamed,
} from '../../src-shared/knowledge/knowledge.ts'
import { contradicted, knowledgeProblems } from '../../src-shared/knowledge/problems.ts'
import { givenWords } from '../../src-shared/knowledge/words.ts'
import { facetOf, resultsOf } from '../../src-shared/methods/results.ts'
import { annotate, readAnnotations } from '../project/annotations.ts'
import type { ReadableProject, WritableProject } from '../project/project.ts'

const key = 'knowledge'

/** By the nodes' indices, whatever they are called by now; null where nothing is kept. */
export function knownSince(project: ReadableProject, runId: number): Given | null {
  const parsed = v.safeParse(givenSchema, readAnnotations(project.database, runId).values.get(key))
  return parsed.success ? parsed.output : null
}

/** Changes with what is known since. */
export function knownKey(project: ReadableProject, runId: number): string {
  return JSON.stringify(knownSince(project, runId))
}

function withGiven(result: RunResult, known: Given, names: readonly string[]): RunResult {
  const { withGraph } = resultsOf(result.method)
  const graph = facetOf(result, 'graph')
  if (withGraph === undefined)
    throw refused(`A run of the method ${result.method} takes no knowledge.`, 'Leave it out.', { field: 'knowledge' })
  return { ...result, body: withGraph(result.body, underKnowledge(graph, known, names)) }
}

/** The result under what is kept with its run. What a file by another hand keeps and no graph agrees with says nothing. */
export function underKept(project: ReadableProject, runId: number, result: RunResult): RunResult {
  const known = knownSince(project, runId)
  if (known === null) return result
  const names = facetOf(result, 'graph').nodes.map(({ name }) => name)
  try {
    return withGiven(result, known, names)
  } catch {
    return result
  }
}

/** By index. Nodes go by the names shown, or by those that they were learned under. Throws `refused` for others. */
function toldOf(result: RunResult, knowledge: Knowledge, names: GraphNames): { known: Given; shown: string[] } {
  const graph = facetOf(result, 'graph')
  const shown = withNames(graph, names).nodes.map(({ name }) => name)
  const nameOf = (node: string): string => {
    if (shown.includes(node)) return node
    return shown[graph.nodes.findIndex(({ name }) => name === node)] ?? node
  }
  const told = renamed(knowledge, nameOf)
  const [problem] = knowledgeProblems(told, shown)
  if (problem !== undefined) throw contradicted(problem)
  return { known: givenOf(told, shown), shown }
}

/** The result as it stands if this is known too. Throws `refused` where no graph of its class agrees. */
export function underTold(result: RunResult, knowledge: Knowledge, names: GraphNames): RunResult {
  const { known, shown } = toldOf(result, knowledge, names)
  return isEmpty(known) ? result : withGiven(result, known, shown)
}

/** Why this cannot be told to the result, in the words in which `keepKnowledge` refuses it; null where it can. */
export function whyNotTold(result: RunResult, knowledge: Knowledge, names: GraphNames): ErrorData | null {
  try {
    underTold(result, knowledge, names)
    return null
  } catch (error) {
    if (error instanceof CausalscopeError) return error.toData()
    throw error
  }
}

/**
 * Keeps it with the run in place of what was kept before, as one step of undo; what says nothing takes that back.
 * @param result as it was learned, under nothing that is kept
 */
export function keepKnowledge(
  project: WritableProject,
  runId: number,
  { result, names }: { readonly result: RunResult; readonly names: GraphNames },
  knowledge: Knowledge,
): void {
  const { known, shown } = toldOf(result, knowledge, names)
  const nothing = isEmpty(known)
  if (!nothing) withGiven(result, known, shown)
  else if (knownSince(project, runId) === null) return
  annotate(
    project.database,
    runId,
    nothing ? 'Forget what is known since' : `Apply what is known: ${givenWords(known, shown)}`,
    [{ key, value: nothing ? null : known }],
  )
}
