import { describe, expect, it } from 'vitest'
import { studyLines } from '../../../../src-renderer/views/studies/study-lines.ts'
import type { StudyTableView } from '../../../../src-shared/contract/studies.ts'

const over = [
  { key: 'latent.size', values: ['2', '4'] },
  { key: 'geometry', values: ['sphere', 'box'] },
]
const row = (values: string[], runs: StudyTableView['rows'][number]['runs']): StudyTableView['rows'][number] => ({
  ...{ values, runs, measure: null, score: null, seconds: 0, behind: null },
})

describe('runs of a study as lines', () => {
  it('go through the places of their settings, the best drawn last, and wait until they are done', () => {
    const lines = studyLines(
      { over },
      {
        ...{ by: 'validation', lower: false, best: 0, bestRun: 7, undecided: [] },
        rows: [
          row(['4', 'sphere'], [{ seed: 1, run: 7, status: 'done', value: 0.5 }]),
          row(
            ['2', 'box'],
            [
              { seed: 1, run: 8, status: 'done', value: 0.2 },
              { seed: 2, run: 9, status: 'running', value: null },
              { seed: 3, run: null, status: null, value: null },
            ],
          ),
        ],
      },
    )
    expect(lines).toEqual([
      { run: 8, title: 'latent.size 2, geometry box, seed 1', places: [0, 1], value: 0.2, best: false },
      { run: 7, title: 'latent.size 4, geometry sphere, seed 1', places: [1, 0], value: 0.5, best: true },
    ])
  })
})
