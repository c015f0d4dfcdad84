/**
 * The project's SQLite connection in two types, so that what may only read cannot be handed a statement that writes.
 * Every row is checked against a schema on its way out: the file may come from another version or another hand.
 */
import Database from 'better-sqlite3'
import * as v from 'valibot'
import { failed } from '../../src-shared/errors.ts'
import { issueWords } from '../../src-shared/issue-words.ts'
import { explainDisk, explaining } from './disk-errors.ts'

export type SqlValue = string | number | bigint | null | Uint8Array

type RowSchema = v.GenericSchema<unknown, unknown>

export class ReadableDatabase {
  /** Path of the project file. */
  readonly file: string
  protected readonly connection: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(connection: Database.Database, file: string) {
    this.connection = connection
    this.file = file
  }

  /** Every row of the query, checked. */
  all<S extends RowSchema>(row: S, sql: string, ...values: SqlValue[]): v.InferOutput<S>[] {
    const rows = explaining(this.file, () => this.statement(sql).all(...values))
    return rows.map((raw) => this.#checked(row, raw, sql))
  }

  /** The first row of the query, checked, or undefined. */
  get<S extends RowSchema>(row: S, sql: string, ...values: SqlValue[]): v.InferOutput<S> | undefined {
    const raw = explaining(this.file, () => this.statement(sql).get(...values))
    return raw === undefined ? undefined : this.#checked(row, raw, sql)
  }

  /** False once it was closed. */
  get open(): boolean {
    return this.connection.open
  }

  close(): void {
    this.#statements.clear()
    explaining(this.file, () => this.connection.close())
  }

  protected statement(sql: string): Database.Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.connection.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  #checked<S extends RowSchema>(schema: S, raw: unknown, sql: string): v.InferOutput<S> {
    const result = v.safeParse(schema, raw)
    if (result.success) return result.output
    const field = v.getDotPath(result.issues[0]) ?? 'a row'
    throw failed(
      `The project file ${this.file} holds something this version cannot read (${field}: ${issueWords(result.issues[0])}).`,
      'It may be damaged: restore it from a backup.',
      { file: this.file, field, sql },
    )
  }
}

export class WritableDatabase extends ReadableDatabase {
  /** Runs a statement that writes; returns the row id of an insert. */
  run(sql: string, ...values: SqlValue[]): number {
    const { lastInsertRowid } = explaining(this.file, () => this.statement(sql).run(...values))
    return Number(lastInsertRowid)
  }

  /** Several statements at once, without values: schema changes. */
  execute(sql: string): void {
    explaining(this.file, () => this.connection.exec(sql))
  }

  /** All of `work` or nothing of it; nests. */
  transaction<T>(work: () => T): T {
    return explaining(this.file, () => this.connection.transaction(work).immediate())
  }

  /**
   * Folds the log into the file, which then is the whole project and can be read where nothing can be written. While
   * others read it, it stays as it is: the next to close does so.
   */
  override close(): void {
    this.connection.pragma('busy_timeout = 0')
    try {
      this.connection.pragma('journal_mode = DELETE')
    } catch (error) {
      if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY')) throw explainDisk(error, this.file)
    } finally {
      super.close()
    }
  }
}

/** A TEXT column that holds JSON of the given shape. */
export function json<S extends RowSchema>(shape: S) {
  return v.pipe(v.string(), v.parseJson(), shape)
}
