import { expect, it } from 'vitest'
import { countedStates, inOrderOfNeed, stateWords } from '../../../../src-renderer/views/studies/task-words.ts'
import type { StudyTaskView } from '../../../../src-shared/contract/studies.ts'

const task = (position: number, state: StudyTaskView['state'], elsewhere = false): StudyTaskView => ({
  ...{ position, state, elsewhere, words: `seed ${position}`, run: position + 1, note: '', attempts: 0 },
})

it('shows first what somebody looks for, and counts the rest', () => {
  const tasks = [task(0, 'done'), task(1, 'running', true), task(2, 'waiting'), task(3, 'failed'), task(4, 'running')]
  expect(inOrderOfNeed(tasks).map(({ position }) => position)).toEqual([3, 1, 4, 2, 0])
  expect(countedStates(tasks)).toBe('1 failed, 2 running, 1 waiting, 1 done')
  expect(stateWords(tasks[1]!)).toBe('running, on the cluster')
})
