/** Decoded draws as files: all of them as arrays, images as a sheet of pictures, everything else as a table in the user's units. */
import { join } from 'node:path'
import sharp from 'sharp'
import type { Effect } from '../../src-shared/contract/what-if.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import { sizeOf } from '../datasets/dataset.ts'
import { displayByte, displayRange } from '../datasets/display-range.ts'
import { npzBytes, type NpyArray } from '../datasets/npz.ts'
import { userValues } from '../datasets/user-values.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import { tableCsv } from './clusters-csv.ts'
import type { Column } from './sample-table.ts'
import { makeFolder } from '../datasets/make-folder.ts'

/** Draws of one modality in one world, stored scale. */
export interface DrawnModality {
  /** What it was drawn from: before, seen, set. */
  readonly world: string
  readonly modality: Modality
  /** [count, ...shape] */
  readonly values: Float32Array
}

/** Pictures beside one another on a sheet, and sheets no longer than this many rows. */
const columnsOnSheet = 10
const mostOnSheet = 100

async function sheet({ modality, values }: DrawnModality): Promise<Buffer> {
  const [height = 1, width = 1, channels = 1] = modality.shape
  const shown = channels === 3 ? 3 : 1
  const count = Math.min(mostOnSheet, values.length / sizeOf(modality.shape))
  const columns = Math.min(columnsOnSheet, count)
  const rows = Math.ceil(count / columns)
  const range = displayRange(modality, values)
  const [wide, high] = [columns * (width + 1) - 1, rows * (height + 1) - 1]
  const bytes = new Uint8Array(wide * high * shown).fill(255)
  for (let i = 0; i < count; i++) {
    const [top, left] = [Math.floor(i / columns) * (height + 1), (i % columns) * (width + 1)]
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < shown; c++)
          bytes[((top + y) * wide + left + x) * shown + c] = displayByte(
            values[((i * height + y) * width + x) * channels + c]!,
            range,
          )
  }
  return await sharp(bytes, { raw: { width: wide, height: high, channels: shown } })
    .png()
    .toBuffer()
}

/** A row a draw; curves have a column a grid point. */
function table({ modality, values }: DrawnModality): Iterable<string> {
  const size = sizeOf(modality.shape)
  const user = userValues(modality, values)
  const names = modality.features ?? modality.grid?.map((x) => `${modality.name}@${x}`)
  const columns: Column[] = Array.from({ length: size }, (_, j) => ({
    name: names?.[j] ?? `${modality.name}_${j}`,
    kind: 'float32',
    value: (row) => user[row * size + j]!,
  }))
  return tableCsv([{ name: 'draw', kind: 'int32', value: (row) => row + 1 }, ...columns], values.length / size)
}

/** Names that a file may have on every system. */
const fileName = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, '_')

/** draws.npz with an array `modality_world` each, then a picture or table each; the paths written, in order. */
export async function writeDraws(out: string, drawn: readonly DrawnModality[]): Promise<string[]> {
  await makeFolder(out)
  const written: string[] = []
  const write = async (name: string, content: Iterable<Uint8Array | string>): Promise<void> => {
    const path = join(out, name)
    await writeWhole(path, content)
    written.push(path)
  }
  const arrays = drawn.map(({ world, modality, values }): [string, NpyArray] => [
    `${modality.name}_${world}`,
    {
      shape: [values.length / sizeOf(modality.shape), ...modality.shape],
      values: userValues(modality, values),
    },
  ])
  await write('draws.npz', [npzBytes(Object.fromEntries(arrays))])
  for (const one of drawn) {
    const stem = fileName(`${one.modality.name}-${one.world}`)
    if (one.modality.kind === 'image') await write(`${stem}.png`, [await sheet(one)])
    else await write(`${stem}.csv`, table(one))
  }
  return written
}

/** The recomputed joint: a row for each joint outcome. */
export function jointCsv({ nodes, outcomes }: Pick<Effect, 'nodes' | 'outcomes'>): Iterable<string> {
  const category = (l: number): Column => ({
    name: nodes[l]!.name,
    kind: 'text',
    value: (row) => nodes[l]!.categories[outcomes[row]!.categories[l]!] ?? null,
  })
  const share = (name: 'before' | 'seen' | 'set' | 'low' | 'high'): Column => ({
    name,
    kind: 'float64',
    value: (row) => outcomes[row]![name] ?? NaN,
  })
  return tableCsv(
    [
      ...nodes.map((_, l) => category(l)),
      ...(['before', 'seen', 'set'] as const).map(share),
      { ...share('low'), name: 'set_low' },
      { ...share('high'), name: 'set_high' },
    ],
    outcomes.length,
  )
}
