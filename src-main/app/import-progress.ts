/** How far an importer is, as the page shows it. */
import type { ImportProgress } from '../../src-shared/domain/import.ts'
import type { Task } from './tasks.ts'

export function tellProgress(report: Task['report']): (progress: ImportProgress) => void {
  const count = new Intl.NumberFormat('en')
  return ({ stage, done, total }) =>
    report(
      stage,
      total === 0 ? null : done / total,
      total === 0 ? '' : `${count.format(done)} of ${count.format(total)}`,
    )
}
