/** What the columns of a project file may hold, beyond their SQL types: the file may come from another hand. */
import * as v from 'valibot'
import { sizeOf } from '../datasets/dataset.ts'
import { modality } from '../../src-shared/contract/shapes.ts'

export const rowId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const seed = v.pipe(v.number(), v.safeInteger())
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hexadecimal'))
/** As this program names files: no folder, no way up. */
export const fileName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/, 'not the name of a file'))
export const threads = v.pipe(count, v.minValue(1))
export const blob = v.instance(Uint8Array)

/** Values of one sample: what SQLite can hold in one row, as float32. */
const mostValues = 2 ** 28

export const storedModality = v.pipe(
  modality,
  v.check(({ shape }) => shape.length > 0 && sizeOf(shape) > 0 && sizeOf(shape) <= mostValues, 'not a shape of values'),
)
