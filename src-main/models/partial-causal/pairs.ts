/** Pairs of modalities, [m, k] with m < k. */
export function pairsOf(modalities: number): [number, number][] {
  return Array.from({ length: modalities }, (_, m) => m).flatMap((m) =>
    Array.from({ length: modalities - m - 1 }, (_, k): [number, number] => [m, m + 1 + k]),
  )
}
