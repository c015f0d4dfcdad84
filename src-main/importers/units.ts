/** Units as laboratories write them: which texts are units, and which of them measure one quantity. */

/** Base units, with the quantity each measures and its size; the prefixes are tried before them. */
const bases: Readonly<Record<string, readonly [quantity: string, size: number]>> = {
  Pa: ['pressure', 1],
  bar: ['pressure', 1e5],
  m: ['length', 1],
  g: ['mass', 1e-3],
  s: ['time', 1],
  Hz: ['frequency', 1],
  V: ['voltage', 1],
  A: ['current', 1],
  W: ['power', 1],
  J: ['energy', 1],
  eV: ['energy', 1.602176634e-19],
  N: ['force', 1],
  K: ['temperature', 1],
  T: ['flux density', 1],
  F: ['capacitance', 1],
  C: ['charge', 1],
  Ω: ['resistance', 1],
  Ohm: ['resistance', 1],
  ohm: ['resistance', 1],
  S: ['conductance', 1],
  L: ['volume', 1e-3],
  l: ['volume', 1e-3],
  mol: ['amount', 1],
  M: ['concentration', 1],
}

const prefixes: Readonly<Record<string, number>> = {
  f: 1e-15, p: 1e-12, n: 1e-9, u: 1e-6, µ: 1e-6, μ: 1e-6, m: 1e-3, c: 1e-2, d: 1e-1, h: 1e2, k: 1e3, M: 1e6, G: 1e9, T: 1e12,
} // prettier-ignore

/** Units without prefixes, or known by name only. */
const alone: Readonly<Record<string, readonly [quantity: string, size: number]>> = {
  Å: ['length', 1e-10],
  min: ['time', 60],
  h: ['time', 3600],
  d: ['time', 86400],
  '%': ['share', 0.01],
  '1': ['share', 1],
  '-': ['share', 1],
  '‰': ['share', 0.001],
  ppm: ['share', 1e-6],
  'N/mm2': ['pressure', 1e6],
  'N/mm²': ['pressure', 1e6],
  'N/mm^2': ['pressure', 1e6],
}

/** Words that stand where units do, of quantities that are not converted. */
const words =
  /^(?:a\.?u\.?|arb\.?(?: ?units?)?|counts?|cts|cps|HV|HB|HRC|dB|rad|deg|°|°C|°F|wt\.?%|at\.?%|vol\.?%|ppb|psi|ksi|rpm|%T|abs\.?|pH|cm-1|cm\^-1|cm⁻¹|1\/cm)$/i

interface Measure {
  readonly quantity: string
  readonly size: number
}

/** What a unit measures, and how large it is; null for a unit that is not known. */
function measureOf(unit: string): Measure | null {
  const text = unit.trim()
  const own = alone[text] ?? bases[text]
  if (own !== undefined) return { quantity: own[0], size: own[1] }
  const prefix = prefixes[text[0] ?? '']
  const base = bases[text.slice(1)]
  return prefix === undefined || base === undefined ? null : { quantity: base[0], size: prefix * base[1] }
}

/** Whether a text is a unit: a known one, or one put together of signs that only units have. */
export function isUnit(text: string): boolean {
  const bare = text.replace(/^[[(](.*)[\])]$/, '$1').trim()
  if (measureOf(bare) !== null || words.test(bare)) return true
  return bare !== text.trim() || /^[^\d\s][^\s]*[/^°µμ²³⁻·%][^\s]*$/.test(bare)
}

/** What a value in `from` is multiplied by to be in `to`; null when they measure different things, or are not known. */
export function conversion(from: string, to: string): number | null {
  if (from === to) return 1
  const [a, b] = [measureOf(from), measureOf(to)]
  if (a === null || b === null) return null
  return a.quantity === b.quantity ? a.size / b.size : null
}
