/** Golden files against the numerical core: one verdict a case. */
import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { isObject } from '../../src-shared/json-object.ts'
import type { GoldenKind } from './kind.ts'

const fileSchema = v.array(
  v.object({
    kind: v.string(),
    name: v.string(),
    input: v.unknown(),
    expected: v.record(v.string(), v.unknown()),
  }),
)

export type GoldenCase = v.InferOutput<typeof fileSchema>[number]

export interface Verdict {
  readonly kind: string
  readonly name: string
  readonly covered: boolean
  /** Largest |actual - expected| / max(1, |expected|); infinite where a field is missing or has another length. */
  readonly error: number
  /** The field with the largest error. */
  readonly field: string
  readonly passed: boolean
}

export async function readGolden(file: string): Promise<GoldenCase[]> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw refused(`${file} cannot be read as a golden file: ${reason}`, 'It is an array of cases in JSON.', { file })
  }
  const parsed = v.safeParse(fileSchema, content)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw refused(
    `${file} cannot be read as a golden file: ${v.getDotPath(issue) ?? 'its content'}: ${issue.message}`,
    'It is an array of cases { kind, name, input, expected }.',
    { file },
  )
}

export async function evaluateCase(
  { kind, name, input, expected }: GoldenCase,
  kinds: ReadonlyMap<string, GoldenKind>,
): Promise<Verdict> {
  const known = kinds.get(kind)
  if (known === undefined) return { kind, name, covered: false, error: 0, field: '', passed: true }
  const actual = fieldsOf(await known.evaluate(input, expected))
  const errors = Object.entries(expected).map(([field, value]) => ({
    field,
    error: largestError(actual[field], value),
  }))
  const worst = errors.reduce((a, b) => (b.error > a.error ? b : a), { field: '', error: 0 })
  return { kind, name, covered: true, ...worst, passed: worst.error <= known.tolerance }
}

function largestError(actual: unknown, expected: unknown): number {
  if (isObject(expected)) {
    const fields = fieldsOf(actual)
    return Math.max(0, ...Object.entries(expected).map(([field, value]) => largestError(fields[field], value)))
  }
  const values = leaves(actual)
  const wanted = leaves(expected)
  if (values.length !== wanted.length) return Infinity
  return wanted.reduce<number>((largest, value, at) => Math.max(largest, leafError(values[at], value)), 0)
}

function leafError(actual: unknown, expected: unknown): number {
  if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected ? 0 : Infinity
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected))
  return Number.isNaN(error) ? Infinity : error
}

/** The values of nested arrays in row-major order. */
function leaves(nested: unknown): unknown[] {
  return Array.isArray(nested) ? nested.flatMap(leaves) : [nested]
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}
