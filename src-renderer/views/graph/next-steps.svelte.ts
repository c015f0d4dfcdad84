/** What a careful scientist does after a run, and what of it was done: by what the project holds, or by what was opened in this session. */
import { SvelteSet } from 'svelte/reactivity'
import type { RunView } from '../../state/run-list.ts'
import { session } from '../../state/session.svelte.ts'
import type { GraphSession } from './graph-session.svelte.ts'

export type StepId = 'name' | 'replicate' | 'readings' | 'what-if' | 'export'

export interface Step {
  readonly id: StepId
  readonly title: string
  readonly why: string
  readonly done: boolean
}

const opened = new SvelteSet<string>()
session.onOtherProject(() => opened.clear())

/** The person has opened what the step is about. */
export function took(run: number, step: StepId): void {
  opened.add(`${run} ${step}`)
}

export function stepsOf(graph: GraphSession, run: Pick<RunView, 'givenNames'> | null): readonly Step[] {
  const { view } = graph
  if (view === null) return []
  const was = (step: StepId): boolean => opened.has(`${graph.run} ${step}`)
  const named =
    Object.keys(run?.givenNames ?? {}).length > 0 ||
    view.nodes.some(({ name }, l) => view.annotations.names[l] !== name)
  const anchored = view.nodes.every(({ anchor }) => anchor !== null)
  return [
    ...(anchored
      ? []
      : [
          {
            id: 'name',
            title: 'Look at the decoded samples and name the nodes',
            why: 'What a node means is yours to say: its categories stand side by side.',
            done: named,
          } as const,
        ]),
    {
      id: 'replicate',
      title: 'Replicate',
      why: 'Only what returns in other parts of the samples may be stated.',
      done: view.judgement.replicates > 0,
    },
    ...(graph.readings.length > 1
      ? [
          {
            id: 'readings',
            title: 'Compare the readings',
            why: 'Others fit the same clusters as well: see what holds in all.',
            done: was('readings'),
          } as const,
        ]
      : []),
    {
      id: 'what-if',
      title: 'Ask a what-if',
      why: 'Set a node and see which measurements would follow.',
      done: was('what-if'),
    },
    { id: 'export', title: 'Export', why: 'Report, tables and graph for others.', done: was('export') },
  ]
}
