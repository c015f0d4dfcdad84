import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { npyBytes, npzBytes } from '../../../src-main/datasets/npz.ts'
import { userValues } from '../../../src-main/datasets/user-values.ts'
import { openProjectReadOnly } from '../../../src-main/project/project.ts'
import { readIds, readRows } from '../../../src-main/project/samples.ts'
import { causalscope } from '../cli/command.ts'

const [n, d] = [40, 8]
const random = RandomStream.of(0, 'embeddings of elsewhere')
const values = Float32Array.from({ length: n * d }, () => random.normal())
const ids = Array.from({ length: n }, (_, row) => `s${String(row).padStart(2, '0')}`)
const rowOf = (row: number): number[] => Array.from(values.subarray(row * d, (row + 1) * d))
const names = Array.from({ length: d }, (_, k) => `e${k}`)
const table = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.join(',')}\n`).join('')
const csv = (rows: readonly number[]): string =>
  table([['id', ...names], ...rows.map((row) => [ids[row]!, ...rowOf(row)])])
/** Rows last to first: what pairs by id does not mind. */
const turned = Array.from({ length: n }, (_, at) => n - 1 - at)
const shuffled = { shape: [n, d], values: Float32Array.from(turned.flatMap(rowOf)) }
const shuffledIds = { shape: [n], values: turned.map((row) => ids[row]!) }
const parquet = (rows: readonly number[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: rows.map((row) => ids[row]!), type: 'STRING' },
        ...names.map((name, k) => ({ name, data: rows.map((row) => rowOf(row)[k]!), type: 'FLOAT' as const })),
      ],
    }),
  )

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'causalscope-embeddings-'))))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

/** A folder of embeddings beside a table of labels, imported. */
async function imported(name: string, files: Readonly<Record<string, string | Uint8Array>>) {
  mkdirSync(join(folder, name))
  writeFileSync(
    join(folder, name, 'metadata.csv'),
    table([['id', 'class'], ...ids.map((id, row) => [id, `c${row % 2}`])]),
  )
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, name, file), content)
  return causalscope(folder, 'import', name, '--project', `${name}.causalscope`)
}

describe('frozen embeddings', () => {
  it('come to the same from .npy, .npz, CSV and Parquet, rows matched by id', async () => {
    const formats = {
      npy: { 'embedding.npy': npyBytes(shuffled), 'ids.npy': npyBytes(shuffledIds) },
      npz: { 'clip.npz': npzBytes({ embedding: shuffled, ids: shuffledIds }) },
      csv: { 'embedding.csv': csv(turned) },
      parquet: { 'embedding.parquet': parquet(turned) },
    }
    for (const [name, files] of Object.entries(formats)) {
      const { code, stderr } = await imported(name, files)
      expect(`${name} ${code} ${code === 0 ? '' : stderr}`).toBe(`${name} 0 `)
      const project = openProjectReadOnly(join(folder, `${name}.causalscope`))
      try {
        const order = readIds(project.database, 1).map((id) => ids.indexOf(id))
        const [found] = readRows(project.database, 1, Array.from(order.keys()))
        expect(found!.modality).toMatchObject({ kind: 'embedding', shape: [d] })
        const stored = userValues(found!.modality, found!.data, found!.present)
        for (const [at, row] of order.entries())
          rowOf(row).forEach((value, k) => {
            expect(stored[at * d + k]).toBeCloseTo(value, 5)
          })
      } finally {
        project.close()
      }
    }
  })

  it('are refused with the place of what is wrong with them', async () => {
    const spoilt = Float32Array.from(values)
    spoilt[3 * d + 2] = NaN
    const all = Array.from({ length: n }, (_, row) => row)
    const twice = all.map((row) => (row === 8 ? 7 : row))
    const cases = {
      nan: [
        {
          'embedding.npz': npzBytes({ embedding: { shape: [n, d], values: spoilt }, ids: { shape: [n], values: ids } }),
        },
        'row 3, column 2 (sample s03): the value is NaN',
      ],
      none: [{ 'embedding.npy': npyBytes({ shape: [0, d], values: new Float32Array(0) }) }, 'it holds no samples'],
      short: [
        { 'embedding.npy': npyBytes({ shape: [n - 1, d], values: values.slice(d) }) },
        'embedding.npy has no ids and 39 rows, metadata.csv has 40 samples',
      ],
      twice: [{ 'embedding.csv': csv(twice) }, 'the id "s07" stands in row 9 already'],
      ragged: [
        { 'embedding.csv': csv(all).replace(`,${values[d - 1]!}\n`, '\n') },
        'row 2: it has 8 cells, the table has 9 columns',
      ],
    } as const
    for (const [name, [files, words]] of Object.entries(cases)) {
      const { code, stderr } = await imported(name, files)
      expect(stderr).toContain(words)
      expect(code).toBe(2)
    }
  })

  it('are taken with a word on dimensions that say nothing', async () => {
    const flat = values.map((value, at) => (at % d === 4 ? 0.25 : value))
    const { code, stdout } = await imported('flat', {
      'embedding.npz': npzBytes({ embedding: { shape: [n, d], values: flat }, ids: { shape: [n], values: ids } }),
    })
    expect(code).toBe(0)
    expect(stdout).toContain('embedding: 4 has one value in all samples and says nothing.')
  })
})
