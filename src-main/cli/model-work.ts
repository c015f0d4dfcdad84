/** Work of a command that asks a run's model: it can be interrupted, and leaves no process behind. */
import { CausalscopeError } from '../../src-shared/errors.ts'
import { ModelQuestions } from '../services/inference.ts'
import { openProjectReadOnly, type ReadableProject } from '../project/project.ts'
import { onInterrupt } from './interrupt.ts'

export interface ModelWork {
  readonly project: ReadableProject
  readonly questions: ModelQuestions
  readonly signal: AbortSignal
}

export async function withModel<T>(projectFile: string, work: (given: ModelWork) => Promise<T>): Promise<T> {
  const project = openProjectReadOnly(projectFile)
  const ending = new AbortController()
  const release = onInterrupt(() => ending.abort())
  const questions = new ModelQuestions(project)
  try {
    return await work({ project, questions, signal: ending.signal })
  } catch (error) {
    if (!ending.signal.aborted) throw error
    throw new CausalscopeError(
      { code: 'interrupted', message: 'It was interrupted.', hint: '', details: {} },
      { cause: error },
    )
  } finally {
    release()
    questions.close()
    project.close()
  }
}
