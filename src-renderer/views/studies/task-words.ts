/** How the tasks of a study stand, in words. */
import type { StudyTaskView } from '../../../src-shared/contract/studies.ts'

type State = StudyTaskView['state']

/** What somebody looks for first comes first: what failed, what runs; what is done last. */
const order: readonly State[] = ['failed', 'running', 'queued', 'stopped', 'waiting', 'done']

export function inOrderOfNeed(tasks: readonly StudyTaskView[]): StudyTaskView[] {
  return tasks.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.position - b.position)
}

export function stateWords({ state, elsewhere }: StudyTaskView): string {
  return elsewhere ? `${state}, on the cluster` : state
}

/** `2 running, 1 queued, 5 done` */
export function countedStates(tasks: readonly StudyTaskView[]): string {
  const counts = order.map((state) => [tasks.filter((task) => task.state === state).length, state] as const)
  return counts.flatMap(([count, state]) => (count === 0 ? [] : [`${count} ${state}`])).join(', ')
}
