/** Some of the samples that pass by, evenly spread over all of them, however many come. */
export class EvenlyKept {
  readonly #most: number
  #kept: Float64Array[] = []
  #every = 1
  #count = 0

  constructor(most: number) {
    this.#most = most
  }

  add(values: Float64Array): void {
    if (this.#count++ % this.#every !== 0) return
    this.#kept.push(values.slice())
    if (this.#kept.length <= this.#most) return
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0)
    this.#every *= 2
  }

  get kept(): readonly Float64Array[] {
    return this.#kept
  }
}
