/** The rows of a table of a damaged file: all that SQLite can still reach, each held against its seal. */
import Database from 'better-sqlite3'
import * as v from 'valibot'
import type { SqlValue } from '../database.ts'
import { sealOf } from '../seals.ts'

export interface FoundRow {
  /** By column, without the seal. */
  readonly values: Readonly<Record<string, SqlValue>>
  readonly seal: SqlValue
  /** As it was written; always, where rows have no seal. */
  readonly whole: boolean
}

/** Stretches between keys that SQLite is asked for, at most: each costs one failing read. */
const mostProbes = 2000

const columnRow = v.object({ name: v.string(), pk: v.number() })

/** SQLite's own codes for what is no longer a table. */
function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR|FORMAT|TOOBIG)/.test(error.code)
}

export class DamagedTable {
  readonly name: string
  /** Pages of it cannot be read, so that rows may be missing of which nothing is known. */
  readonly malformed: boolean
  readonly columns: readonly string[]
  readonly #connection: Database.Database
  readonly sealed: boolean
  readonly #key: readonly string[]
  #probes = 0

  constructor(connection: Database.Database, name: string) {
    this.#connection = connection
    this.name = name
    const info = v.parse(
      v.array(columnRow),
      connection.prepare('SELECT name, pk FROM pragma_table_info(?) ORDER BY cid').all(name),
    )
    this.columns = info.filter((column) => column.name !== 'seal').map((column) => column.name)
    this.sealed = this.columns.length < info.length
    this.#key = info
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name)
    this.malformed = this.columns.length > 0 && !this.#isSound()
  }

  #isSound(): boolean {
    try {
      return this.#connection.pragma(`quick_check('${this.name}')`, { simple: true }) === 'ok'
    } catch {
      return false
    }
  }

  /** Every row that can be read; from a damaged stretch on backwards from the end. */
  *rows(): Generator<FoundRow> {
    // An earlier schema has no such table.
    if (this.columns.length === 0) return
    this.#probes = 0
    const [key] = this.#key
    if (this.#key.length === 1 && key !== undefined) yield* this.#between(key, -1, Number.MAX_SAFE_INTEGER)
    else yield* this.#fromBothEnds()
  }

  *#read(order: string, where = '', ...values: number[]): Generator<FoundRow, boolean> {
    const names = [...this.columns, ...(this.sealed ? ['seal'] : [])].join(', ')
    try {
      const statement = this.#connection.prepare<SqlValue[], SqlValue[]>(
        `SELECT ${names} FROM ${this.name} ${where} ORDER BY ${order}`,
      )
      for (const row of statement.raw().iterate(...values)) yield this.#found(row)
      return true
    } catch (error) {
      if (!isDamage(error)) throw error
      return false
    }
  }

  #found(row: readonly SqlValue[]): FoundRow {
    const own = row.slice(0, this.columns.length)
    const seal = this.sealed ? (row.at(-1) ?? null) : null
    const values = Object.fromEntries(this.columns.map((name, i) => [name, own[i] ?? null]))
    // Chunks from before there were seals have none; their own number is no part of it (insertChunk).
    const unsealed = !this.sealed || (this.name === 'sample_chunks' && seal === null)
    const sealed = this.name === 'sample_chunks' ? own.slice(1) : own
    return { values, seal, whole: unsealed || seal === sealOf(...sealed) }
  }

  /** Rows with a whole number for a key, `low` and `high` not among them. */
  *#between(key: string, low: number, high: number): Generator<FoundRow> {
    if (high - low < 2 || this.#probes++ > mostProbes) return
    const where = `WHERE ${key} > ? AND ${key} < ?`
    let first = low
    const upwards = this.#read(key, where, low, high)
    for (let next = upwards.next(); ; next = upwards.next()) {
      if (next.done === true) {
        if (next.value) return
        break
      }
      first = Math.max(first, Number(next.value.values[key]))
      yield next.value
    }
    let last = high
    const downwards = this.#read(`${key} DESC`, where, first, high)
    for (let next = downwards.next(); next.done !== true; next = downwards.next()) {
      last = Math.min(last, Number(next.value.values[key]))
      yield next.value
    }
    // Without an end there is nothing to halve.
    if (last === Number.MAX_SAFE_INTEGER || high - low === 2) return
    const middle = Math.floor((first + last) / 2)
    yield* this.#between(key, first, middle)
    yield* this.#between(key, middle - 1, middle + 1)
    yield* this.#between(key, middle, last)
  }

  *#fromBothEnds(): Generator<FoundRow> {
    const keyOf = ({ values }: FoundRow): string => JSON.stringify(this.#key.map((name) => values[name]))
    const seen = new Set<string>()
    const upwards = this.#read(this.#key.join(', '))
    for (let next = upwards.next(); ; next = upwards.next()) {
      if (next.done === true) {
        if (next.value) return
        break
      }
      seen.add(keyOf(next.value))
      yield next.value
    }
    const downwards = this.#read(this.#key.map((name) => `${name} DESC`).join(', '))
    for (let next = downwards.next(); next.done !== true; next = downwards.next()) {
      if (seen.has(keyOf(next.value))) return
      yield next.value
    }
  }
}
