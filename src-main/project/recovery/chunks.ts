/** Values of samples: those that are whole, and in place of the others a chunk that is refused when it is read. */
import * as v from 'valibot'
import type Database from 'better-sqlite3'
import { rowId } from '../columns.ts'
import type { SqlValue } from '../database.ts'
import { sealOf } from '../seals.ts'
import type { KeptDataset, KeptModality } from './datasets.ts'
import type { DamagedTable } from './rows.ts'
import type { Target } from './target.ts'
import type { Told } from './told.ts'

export interface Chunk {
  readonly present: Uint8Array
  readonly data: Uint8Array
  readonly seal: SqlValue
  readonly whole: boolean
}

const chunkRow = v.object({
  present: v.instance(Uint8Array),
  data: v.instance(Uint8Array),
  seal: v.optional(v.nullable(v.number()), null),
})

/** Where each chunk lies, found in one passage; its values are read when they are wanted. */
export class DamagedChunks {
  readonly #connection: Database.Database
  readonly #places = new Map<string, { readonly id: number; readonly whole: boolean }>()
  readonly #table: DamagedTable

  constructor(connection: Database.Database, table: DamagedTable) {
    this.#connection = connection
    this.#table = table
    for (const { values, whole } of table.rows()) {
      const key = `${String(values.modality_id)}/${String(values.chunk)}`
      if (whole || !this.#places.has(key)) this.#places.set(key, { id: Number(values.id), whole })
    }
  }

  /** Those that values lie under. */
  get modalities(): number[] {
    return [...new Set([...this.#places.keys()].map((place) => Number(place.split('/')[0])))].filter((id) =>
      v.is(rowId, id),
    )
  }

  /** Null where it cannot be read. */
  read(modality: number, chunk: number): Chunk | null {
    const place = this.#places.get(`${modality}/${chunk}`)
    if (place === undefined) return null
    const { columns, name, sealed } = this.#table
    const wanted = [...columns, ...(sealed ? ['seal'] : [])].join(', ')
    const row = v.safeParse(
      chunkRow,
      this.#connection.prepare(`SELECT ${wanted} FROM ${name} WHERE id = ?`).get(place.id),
    )
    return row.success ? { ...row.output, whole: place.whole } : null
  }
}

export function* recoverChunks(
  datasets: readonly KeptDataset[],
  chunks: DamagedChunks,
  target: Target,
  told: Told,
): Generator<void> {
  for (const dataset of datasets)
    for (const modality of dataset.modalities) {
      if (!modality.inside || modality.rows < 1) continue
      let lost = 0
      for (let chunk = 0; chunk * modality.rows < modality.samples; chunk++) {
        lost += place(modality, chunk, chunks.read(modality.id, chunk), dataset.isProven, target)
        yield
      }
      if (lost === 0) continue
      const again = modality.prepared ? 'what was prepared: prepare it' : 'the set any more: import it'
      told.leftOut(`Data set ${dataset.id}, ${dataset.name}: values of ${lost === 1 ? 'a sample' : `${lost} samples`} in ${modality.name}, which are refused where they would be shown; its runs are here, but nothing can be trained on ${again} again for that.`) // prettier-ignore
    }
}

/** Answers of how many samples the values are gone; these keep having the modality, as far as that can be read. */
function place(
  { id, rows, size, samples, prepared }: KeptModality,
  chunk: number,
  found: Chunk | null,
  isProven: () => boolean,
  target: Target,
): number {
  const held = Math.min(rows, samples - chunk * rows)
  const key = { modality_id: id, chunk }
  const fits = found?.present.length === held && found.data.length === held * size * 4
  if (fits && (found.whole || (!prepared && isProven()))) {
    const { present, data } = found
    const seal = found.whole ? found.seal : sealOf(id, chunk, present, data)
    if (target.insert('sample_chunks', { ...key, present, data, ...(seal === null ? {} : { seal }) })) return 0
  }
  const old = found?.present
  const present = old?.length === held && old.every((each) => each <= 1) ? old : new Uint8Array(held).fill(1)
  // Of no length: nothing takes that for values.
  target.insert('sample_chunks', { ...key, present, data: new Uint8Array(0) })
  return held
}
