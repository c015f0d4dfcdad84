import type { ImportProgress } from '../../src-shared/domain/import.ts'
import type { Terminal } from './terminal.ts'

/** Import progress on the terminal. */
export function importProgress(terminal: Terminal): (progress: ImportProgress) => void {
  return ({ stage, done, total }) =>
    terminal.progress({
      label: stage,
      fraction: total > 0 ? done / total : null,
      secondsLeft: null,
      detail: total > 0 ? `${done} of ${total}` : '',
    })
}
