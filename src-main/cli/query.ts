import { refused } from '../../src-shared/errors.ts'
import { judgedGraph } from '../../src-shared/findings/judged-graph.ts'
import {
  type AskedGraph,
  askBetween,
  type BetweenAnswer,
  listMembers,
} from '../../src-shared/graph-questions/between.ts'
import { nodesCalled } from '../../src-shared/graph-questions/called.ts'
import { cautionsFor } from '../../src-shared/graph-questions/cautions.ts'
import { withNames } from '../../src-shared/graph-formats/names.ts'
import { facetOf } from '../../src-shared/methods/results.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { knownFrom } from '../services/knowledge-file.ts'
import { readReported } from './run-report.ts'
import type { Terminal } from './terminal.ts'

export interface QueryOptions {
  readonly project: string
  readonly run: number
  readonly from?: string
  readonly to?: string
  readonly given?: string
  /** File of what is known since. */
  readonly knowledge?: string
}

function answerText({ text, paths, allPaths, adjustment }: BetweenAnswer): string[] {
  return [
    text,
    ...(paths.length === 0 ? [] : ['Paths between them:']),
    ...paths.map((path) => `  ${path.text} (${path.open ? 'open' : 'blocked'})`),
    ...(allPaths ? [] : ['  and more']),
    ...(adjustment === null ? [] : [adjustment.text]),
  ]
}

function membersText(graph: AskedGraph): { text: string[]; record: object } {
  const { members, complete } = listMembers(graph)
  const agreeing = graph.given == null ? '' : ', under what is given'
  const text = [
    members.length === 1
      ? `No other graph has the same independences${agreeing}:`
      : `${complete ? '' : 'The first '}${members.length} graphs with the same independences${agreeing}:`,
    ...members.map((edges, i) => `  ${i + 1}. ${edges.length === 0 ? 'no edge' : edges.join(', ')}`),
  ]
  return { text, record: { members, complete } }
}

/** `query`: what the learned graph implies about nodes, without asking the model. */
export async function query(terminal: Terminal, options: QueryOptions): Promise<void> {
  const known = knownFrom(options.knowledge)
  const project = openProjectReadOnly(options.project)
  try {
    const { result, judgement, names } = await readReported(project, options.run, known)
    if (judgement === null) throw refused('A run of this method has no graph.', 'Choose a run of another method.')
    const graph = judgedGraph(withNames(facetOf(result, 'graph'), names), judgement)
    const met = result.cautions ?? []
    const called = (text: string | undefined): number[] => nodesCalled(graph.nodes, text ?? '')
    if (options.from === undefined && options.to === undefined) {
      const { text, record } = membersText(graph)
      const cautions = [...cautionsFor(graph, []), ...met]
      await terminal.result({ ...record, cautions }, [...cautions.map((c) => `Careful: ${c}`), ...text].join('\n'))
      return
    }
    const question = { from: called(options.from), to: called(options.to), given: called(options.given) }
    const answer = askBetween(graph, question)
    const cautions = [...cautionsFor(graph, [...question.from, ...question.to]), ...met]
    const text = [...cautions.map((caution) => `Careful: ${caution}`), ...answerText(answer)]
    await terminal.result({ ...answer, cautions }, text.join('\n'))
  } finally {
    project.close()
  }
}
