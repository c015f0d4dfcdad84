/** What the importer knows of a file format: how it begins, what it is called, and what is read from it. */
import type { TextDescription } from '../../../src-shared/domain/dataset.ts'
import type { ImportLimits } from '../../../src-shared/domain/import.ts'
import type { NpyArray, NpyType } from '../npy.ts'

/** Bytes of a file's beginning, and of its end, by which it is recognised. */
export const headBytes = 4096
export const tailBytes = 65_536

export interface FilePlace {
  readonly absolute: string
  /** As shown to people. */
  readonly path: string
}

/** A table as its file holds it: cells as text, before anything is known of header, units and numbers. */
export interface RawTable {
  /** Sheet; empty where the file is one table. */
  readonly name: string
  readonly records: string[][]
  /** Line of the file on which each record ends, from 1. */
  readonly lines: number[]
  /** Empty where cells are told apart otherwise. */
  readonly delimiter: string
  /** Names of the columns where the file tells them apart from its rows; then all records are rows. */
  readonly header?: readonly string[]
  /** Columns whose numbers the file holds as numbers, so that none of their signs needs to be interpreted. */
  readonly exact?: ReadonlySet<number>
  /** What was met on the way and must be said. */
  readonly warnings?: readonly string[]
}

/** An array in a file, read in slabs where the file allows it. */
export interface StoredArray {
  /** Within its file; empty where the file is one array. */
  readonly name: string
  readonly shape: readonly number[]
  readonly type: NpyType
  /** Rows `from` to `to` of the first axis, `[to - from, ...]` in C order. */
  readonly rows: (from: number, to: number) => Promise<NpyArray>
  /** The same with its last axis first, where the file leaves open along which of them the samples run. */
  readonly lastFirst?: StoredArray
  /** Of its values, where the file says it. */
  readonly unit?: string
}

/** The tables of a workbook. */
export interface Sheets {
  readonly tables: readonly RawTable[]
  readonly unread: readonly UnreadPart[]
}

/** What a container holds besides, and why it is not read. */
export interface UnreadPart {
  readonly name: string
  readonly reason: string
}

export interface Container {
  readonly arrays: readonly StoredArray[]
  readonly unread: readonly UnreadPart[]
  readonly close: () => void
}

/** How a format is read, and as what. */
export type Reader =
  /** Decoded by image.ts. */
  | { readonly role: 'image' }
  /** One table; `spectrum` where a file is always one sample's, so that its rows are never samples. */
  | {
      readonly role: 'table'
      readonly spectrum: boolean
      /** `given`: how text is laid out, where a description says so. */
      readonly table: (bytes: Buffer, path: string, given?: TextDescription) => RawTable
    }
  /** Any number of tables. */
  | { readonly role: 'workbook'; readonly sheets: (file: FilePlace, limits: ImportLimits) => Promise<Sheets> }
  /** One array without a name (`array`), or any number of named ones (`archive`). */
  | {
      readonly role: 'array' | 'archive'
      readonly open: (file: FilePlace, limits: ImportLimits) => Promise<Container>
    }

export interface Format {
  readonly id: string
  /** As in "it is ...". */
  readonly words: string
  /** Whether a file is of this format, by its first and its last bytes. */
  readonly begins: (head: Uint8Array, tail: Uint8Array) => boolean
  /** Null for a format that is known, and not read. */
  readonly reader: Reader | null
  /** Whether measurements are kept in it, so that one which is not read may be what matters most. */
  readonly measurements?: true
}

/** Whether bytes stand at a place of a file's beginning. */
export function bytesAt(offset: number, ...bytes: readonly number[]): Format['begins'] {
  return (head) => bytes.every((byte, i) => head[offset + i] === byte)
}

/** The same for letters. */
export function lettersAt(offset: number, letters: string): Format['begins'] {
  return bytesAt(offset, ...Buffer.from(letters, 'latin1'))
}

export function anyOf(...tests: readonly Format['begins'][]): Format['begins'] {
  return (head, tail) => tests.some((test) => test(head, tail))
}
