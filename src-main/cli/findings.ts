import { findingsRecord, couplingRecord } from '../../src-shared/findings/findings-record.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { findingText, readReported } from './run-report.ts'
import type { Terminal } from './terminal.ts'

/** `findings`: what may be stated of a finished run, and how firmly. */
export async function findingsCommand(terminal: Terminal, options: { project: string; run: number }): Promise<void> {
  const project = openProjectReadOnly(options.project)
  try {
    const reported = await readReported(project, options.run)
    const { result, judgement, names } = reported
    const record = judgement === null ? couplingRecord(reported) : findingsRecord(result, judgement, names)
    await terminal.result(record, findingText(reported))
  } finally {
    project.close()
  }
}
