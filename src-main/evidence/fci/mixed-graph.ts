/** A graph whose edges carry a mark at either end, while FCI works on it: circle, arrow head or tail. */

import type { EndMark, Ends } from '../../../src-shared/graph/edge.ts'

export class MixedGraph {
  readonly size: number
  /** [size, size] row-major: the mark at `to`'s end of the edge from - to, null where there is none. */
  readonly #marks: (EndMark | null)[]

  constructor(size: number) {
    this.size = size
    this.#marks = new Array<EndMark | null>(size * size).fill(null)
  }

  /** The mark at the end of the edge near - far that touches `far`; null where there is no edge. */
  at(near: number, far: number): EndMark | null {
    return this.#marks[near * this.size + far] ?? null
  }

  /** Sets the mark at `far`'s end; the edge must be there. */
  mark(near: number, far: number, mark: EndMark): void {
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
  has(near: number, far: number, atNear: EndMark, atFar: EndMark): boolean {
    return this.at(far, near) === atNear && this.at(near, far) === atFar
  }

  orient(near: number, far: number, atNear: EndMark, atFar: EndMark): void {
    this.mark(far, near, atNear)
    this.mark(near, far, atFar)
  }

  /** near -> far. */
  isParent(near: number, far: number): boolean {
    return this.has(near, far, 'tail', 'arrow')
  }

  /** Told from the lower index. */
  edges(): Ends[] {
    const found: Ends[] = []
    for (let a = 0; a < this.size; a++) {
      for (let b = a + 1; b < this.size; b++) {
        const fromMark = this.at(b, a)
        const toMark = this.at(a, b)
        if (fromMark !== null && toMark !== null) found.push({ from: a, to: b, fromMark, toMark })
      }
    }
    return found
  }
}
