/** An export beside expected.json: every value as it was in memory, numbers as text that reads back exactly. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { textCell } from '../../src-main/export/csv-cells.ts'
import { type DrawnModality, writeDraws } from '../../src-main/export/draws.ts'
import { exportRun } from '../../src-main/export/export-run.ts'
import { checkedRun, type FinishedRun } from '../../src-main/export/finished-run.ts'
import { sampleTable } from '../../src-main/export/sample-table.ts'
import { userValues } from '../../src-main/datasets/user-values.ts'
import { knowledgeToTetrad } from '../../src-shared/knowledge/tetrad.ts'
import { forbiddenPairs, knowledgeNodes, strangeKnowledge } from './strange-run.ts'

const text = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

interface Expected {
  readonly shape: readonly number[]
  readonly values: readonly string[]
}

function arraysOf({ arrays }: FinishedRun): Record<string, Expected> {
  const numbers = Object.entries(arrays.named).map(([name, { shape, values }]) => [name, { shape, values: Array.from(values, text) }] as const) // prettier-ignore
  return {
    ids: { shape: [arrays.ids.length], values: arrays.ids },
    ...Object.fromEntries(numbers),
  }
}

/** Two worlds of one curve and one image, as a what-if draws them. */
function draws({ dataset }: FinishedRun): DrawnModality[] {
  return dataset.modalities.flatMap(({ modality, data }) => {
    const size = modality.shape.reduce((product, n) => product * n, 1)
    const renamed = { ...modality, name: `${modality.name} größer` }
    return ['before', 'set'].map((world, w) => ({
      world,
      modality: renamed,
      values: Float32Array.from(data.slice(w * 3 * size, (w + 1) * 3 * size)),
    }))
  })
}

export async function writeForReaders(run: FinishedRun, folder: string, formats: readonly string[]): Promise<void> {
  await exportRun({ ...run, out: folder, formats, byteOrderMark: true })
  const drawn = draws(run)
  await writeDraws(join(folder, 'draws'), drawn)
  await writeFile(join(folder, 'given.txt'), knowledgeToTetrad(strangeKnowledge))
  const n = run.arrays.ids.length
  const columns = sampleTable(checkedRun(run)).map((column) => ({
    name: column.name,
    kind: column.kind,
    values: Array.from({ length: n }, (_, row) =>
      column.kind === 'text' ? column.value(row) : text(column.value(row)),
    ),
    cells: column.kind === 'text' ? Array.from({ length: n }, (_, row) => textCell(column.value(row))) : [],
  }))
  const expected = {
    columns,
    arrays: arraysOf(run),
    draws: Object.fromEntries(
      drawn.map(({ world, modality, values }) => [
        `${modality.name}_${world}`,
        { shape: [3, ...modality.shape], values: Array.from(userValues(modality, values), text) },
      ]),
    ),
    knowledge: {
      nodes: knowledgeNodes,
      required: strangeKnowledge.required,
      forbidden: forbiddenPairs(strangeKnowledge),
    },
  }
  await writeFile(join(folder, 'expected.json'), JSON.stringify(expected))
}
