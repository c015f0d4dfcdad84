/**
 * JSON that keeps every double: NaN, the infinities and -0 come back as they went in, where plain JSON makes null or 0
 * of them. A resumed run must start from the very numbers it stopped at.
 */

function encode(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value))
    throw new TypeError('typed arrays belong in the arrays of a snapshot, not in its state')
  if (typeof value !== 'number') return value
  if (Object.is(value, -0)) return { $number: '-0' }
  return Number.isFinite(value) ? value : { $number: String(value) }
}

function decode(_key: string, value: unknown): unknown {
  const special = typeof value === 'object' && value !== null && '$number' in value && typeof value.$number === 'string'
  return special ? Number(value.$number) : value
}

export function stringifyLossless(value: unknown): string {
  return JSON.stringify(value, encode)
}

export function parseLossless(text: string): unknown {
  return JSON.parse(text, decode)
}
