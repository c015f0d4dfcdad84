/** A learning rate from `start` to 0 along half a cosine over so many steps. */
export function cosineRate(start: number, step: number, { steps }: { readonly steps: number }): number {
  return (start * (1 + Math.cos((Math.PI * step) / steps))) / 2
}
