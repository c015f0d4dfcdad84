/** What a recovery left out and what it put right, in words; alike things are counted in one sentence. */
export class Told {
  readonly #leftOut: string[] = []
  readonly #restored: string[] = []
  /** By what is said of it. */
  readonly #counted = new Map<string, { readonly whats: readonly [string, string]; readonly rest: string; n: number }>()

  leftOut(sentence: string): void {
    this.#leftOut.push(sentence)
  }

  restored(sentence: string): void {
    this.#restored.push(sentence)
  }

  /** "3 epochs of run 2: a gap in its curves." */
  count(whats: readonly [one: string, several: string], rest: string): void {
    const key = `${whats[0]}/${rest}`
    const known = this.#counted.get(key)
    if (known === undefined) this.#counted.set(key, { whats, rest, n: 1 })
    else known.n++
  }

  get sentences(): { leftOut: string[]; restored: string[] } {
    const counted = [...this.#counted.values()].map(
      ({ whats, rest, n }) => `${n} ${n === 1 ? whats[0] : whats[1]} ${rest}`,
    )
    return { leftOut: [...this.#leftOut, ...counted], restored: [...this.#restored] }
  }
}
