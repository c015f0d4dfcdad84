/** Colours of points: one for each category, or along a scale for numbers, packed as the renderers take them. */

export type Rgb = readonly [number, number, number]

/** [r, g, b], 0 to 255, as one little-endian pixel without transparency. */
export function packed([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0
}

/** "#0072b2" */
export function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.replace('#', ''), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function mixed(a: Rgb, b: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2): number => Math.round(a[i] + (b[i] - a[i]) * share)
  return [at(0), at(1), at(2)]
}

export function css([r, g, b]: Rgb): string {
  return `rgb(${r} ${g} ${b})`
}

/**
 * As many colours as there are categories: the palette first, then its colours mixed with the ink or the surface by
 * turns, so that neighbours still differ in lightness.
 */
export function categoryColours(count: number, palette: readonly Rgb[], ink: Rgb, surface: Rgb): readonly Rgb[] {
  return Array.from({ length: count }, (_, i) => {
    const base = palette[i % palette.length]!
    const round = Math.floor(i / palette.length)
    if (round === 0) return base
    const share = Math.min(0.7, 0.3 * Math.ceil(round / 2))
    return mixed(base, round % 2 === 1 ? ink : surface, share)
  })
}

/** Cividis in nine steps: even in lightness, and the same to colour-blind eyes. */
const cividis: readonly Rgb[] = [
  [0, 34, 78],
  [26, 56, 111],
  [67, 78, 108],
  [97, 101, 111],
  [125, 124, 120],
  [155, 149, 118],
  [187, 175, 107],
  [221, 203, 87],
  [254, 232, 56],
]

/** The part of the scale that stands out from the surface: dark blue is lost on black, pale yellow on white. */
export type ScalePart = readonly [number, number]

/** Colour of a share from 0 to 1. */
export function sequential(share: number, [from, to]: ScalePart): Rgb {
  const at = (from + (to - from) * Math.min(1, Math.max(0, share))) * (cividis.length - 1)
  const step = Math.min(cividis.length - 2, Math.floor(at))
  return mixed(cividis[step]!, cividis[step + 1]!, at - step)
}

/** The range that a scale spans: from the 2nd to the 98th hundredth, so that a few outliers do not grey all the rest. */
export function scaleRange(values: ArrayLike<number>): readonly [number, number] {
  const finite = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort()
  if (finite.length === 0) return [0, 1]
  const at = (share: number): number => finite[Math.round(share * (finite.length - 1))]!
  return [at(0.02), at(0.98)]
}

/** Packed colours of category codes, [n]; a code below 0 is missing. */
export function coloursOfCodes(codes: ArrayLike<number>, colours: readonly Rgb[], missing: Rgb): Uint32Array {
  const byCode = colours.map(packed)
  const none = packed(missing)
  const out = new Uint32Array(codes.length)
  for (let i = 0; i < out.length; i++) out[i] = byCode[codes[i]!] ?? none
  return out
}

/** Packed colours of numbers along the scale, [n]; what is not a number is missing. */
export function coloursOfNumbers(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  part: ScalePart,
  missing: Rgb,
): Uint32Array {
  const steps = Array.from({ length: 256 }, (_, i) => packed(sequential(i / 255, part)))
  const none = packed(missing)
  const factor = 255 / (high - low || 1)
  const out = new Uint32Array(values.length)
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!
    out[i] = Number.isFinite(value) ? steps[Math.min(255, Math.max(0, Math.round((value - low) * factor)))]! : none
  }
  return out
}

/** The colours with everything outside the selection faded towards the surface, [n]. */
export function faded(colours: Uint32Array, front: Uint8Array, surface: Rgb, share = 0.78): Uint32Array {
  const known = new Map<number, number>()
  const out = new Uint32Array(colours.length)
  for (let i = 0; i < out.length; i++) {
    const colour = colours[i]!
    if (front[i] === 1) {
      out[i] = colour
      continue
    }
    let pale = known.get(colour)
    if (pale === undefined) {
      pale = packed(mixed([colour & 255, (colour >> 8) & 255, (colour >> 16) & 255], surface, share))
      known.set(colour, pale)
    }
    out[i] = pale
  }
  return out
}
