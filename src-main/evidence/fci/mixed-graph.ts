/** A graph whose edges carry a mark at either end, while FCI works on it: circle, arrow head or tail. */

export type Mark = 'circle' | 'arrow' | 'tail'

export class MixedGraph {
  readonly size: number
  /** [size, size] row-major: the mark at `to`'s end of the edge from - to, null where there is none. */
  readonly #marks: (Mark | null)[]

  constructor(size: number) {
    this.size = size
    this.#marks = new Array<Mark | null>(size * size).fill(null)
  }

  /** The mark at the end of the edge near - far that touches `far`; null where there is no edge. */
  at(near: number, far: number): Mark | null {
    return this.#marks[near * this.size + far] ?? null
  }

  /** Sets the mark at `far`'s end; the edge must be there. */
  mark(near: number, far: number, mark: Mark): void {
    this.#marks[near * this.size + far] = mark
  }

  join(a: number, b: number): void {
    this.mark(a, b, 'circle')
    this.mark(b, a, 'circle')
  }

  separate(a: number, b: number): void {
    this.#marks[a * this.size + b] = null
    this.#marks[b * this.size + a] = null
  }

  adjacent(a: number, b: number): boolean {
    return this.at(a, b) !== null
  }

  neighbours(node: number): number[] {
    return Array.from({ length: this.size }, (_, other) => other).filter((other) => this.adjacent(node, other))
  }

  /** Does the edge near - far have exactly these marks, `atNear` at near's end and `atFar` at far's? */
  has(near: number, far: number, atNear: Mark, atFar: Mark): boolean {
    return this.at(far, near) === atNear && this.at(near, far) === atFar
  }

  orient(near: number, far: number, atNear: Mark, atFar: Mark): void {
    this.mark(far, near, atNear)
    this.mark(near, far, atFar)
  }

  /** near -> far. */
  isParent(near: number, far: number): boolean {
    return this.has(near, far, 'tail', 'arrow')
  }

  edges(): MarkedEdge[] {
    const found: MarkedEdge[] = []
    for (let a = 0; a < this.size; a++) {
      for (let b = a + 1; b < this.size; b++) {
        const atA = this.at(b, a)
        const atB = this.at(a, b)
        if (atA !== null && atB !== null) found.push({ a, b, atA, atB })
      }
    }
    return found
  }
}

export interface MarkedEdge {
  /** a < b. */
  readonly a: number
  readonly b: number
  readonly atA: Mark
  readonly atB: Mark
}
