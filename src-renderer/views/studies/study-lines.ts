/** Runs of a study as lines: through its settings to what they are compared by, and by epoch. */
import type { StudyTableView, StudyView } from '../../../src-shared/contract/studies.ts'

export interface StudyLine {
  readonly run: number
  /** "latent.size 2, seed 1" */
  readonly title: string
  /** Place of its value among those of each setting that differs. */
  readonly places: readonly number[]
  readonly value: number
  readonly best: boolean
}

const words = ({ over }: Pick<StudyView, 'over'>, values: readonly string[], seed: number): string =>
  [...over.map(({ key }, at) => `${key} ${values[at] ?? ''}`), `seed ${seed}`].join(', ')

/** Of runs that have what they are compared by, the best last: it is drawn over the others. */
export function studyLines(study: Pick<StudyView, 'over'>, { rows, bestRun }: StudyTableView): readonly StudyLine[] {
  return rows
    .flatMap(({ values, runs }) =>
      runs.flatMap(({ run, seed, value }) =>
        run === null || value === null || !Number.isFinite(value)
          ? []
          : [
              {
                ...{ run, value, title: words(study, values, seed), best: run === bestRun },
                places: study.over.map(({ values: all }, at) => all.indexOf(values[at] ?? '')),
              },
            ],
      ),
    )
    .toSorted((a, b) => Number(a.best) - Number(b.best))
}
