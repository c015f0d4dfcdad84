import { refused } from '../../src-shared/errors.ts'
import { findingsRecord, couplingRecord } from '../../src-shared/findings/findings-record.ts'
import type { Knowledge } from '../../src-shared/knowledge/knowledge.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import { openProject, openProjectReadOnly } from '../project/project.ts'
import { knownFrom } from '../services/knowledge-file.ts'
import { keepKnowledge } from '../services/known-since.ts'
import { restateRun } from '../services/restate.ts'
import { readLearned, readNames } from '../services/results.ts'
import { findingText, readReported } from './run-report.ts'
import type { Terminal } from './terminal.ts'

export interface FindingsOptions {
  readonly project: string
  readonly run: number
  /** File of what is known since. */
  readonly knowledge?: string
  /** All that is said of the run from now on is said under it. */
  readonly keep?: true
}

async function keep({ project: file, run }: FindingsOptions, knowledge: Knowledge): Promise<void> {
  const project = openProject(file, { program: 'causalscope findings' })
  try {
    const result = await readLearned(project, run)
    keepKnowledge(project, run, { result, names: readNames(project, run, facetsOf(result)) }, knowledge)
    await restateRun(project, run)
  } finally {
    project.close()
  }
}

/** `findings`: what may be stated of a finished run, and how firmly. */
export async function findingsCommand(terminal: Terminal, options: FindingsOptions): Promise<void> {
  const known = knownFrom(options.knowledge)
  if (options.keep === true) {
    if (known === undefined)
      throw refused('--keep keeps what a file says is known.', 'Give the file: --knowledge FILE.', { field: 'keep' })
    await keep(options, known)
  }
  const project = openProjectReadOnly(options.project)
  try {
    const reported = await readReported(project, options.run, known)
    const { result, judgement, names } = reported
    const record = judgement === null ? couplingRecord(reported) : findingsRecord(result, judgement, names)
    await terminal.result(record, findingText(reported))
  } finally {
    project.close()
  }
}
