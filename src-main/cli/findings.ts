import { findingsRecord } from '../../src-shared/findings/findings-record.ts'
import { refused } from '../../src-shared/errors.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { findingText, readReported } from './run-report.ts'
import type { Terminal } from './terminal.ts'

/** `findings`: what may be stated of a finished run, and how firmly. */
export async function findingsCommand(terminal: Terminal, options: { project: string; run: number }): Promise<void> {
  const project = openProjectReadOnly(options.project)
  try {
    const reported = await readReported(project, options.run)
    const { result, judgement, names } = reported
    if (judgement === null)
      throw refused('A run of this method has no graph to judge.', 'Choose a run of another method.', {
        id: String(options.run),
      })
    await terminal.result(findingsRecord(result, judgement, names), findingText(reported))
  } finally {
    project.close()
  }
}
