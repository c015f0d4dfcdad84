/** The point nearest to a place, among hundreds of thousands: points sorted once into the cells of a grid. */
import { type Bounds, boundsOf, type Place } from './viewport.ts'

const pointsPerCell = 8
const mostCells = 512

export class PointGrid {
  readonly #points: Float32Array
  readonly #bounds: Bounds
  readonly #cells: number
  /** Rows of cell c are rows[start[c]] to rows[start[c + 1]]. */
  readonly #start: Int32Array
  readonly #rows: Int32Array

  /** @param points [n, 2] */
  constructor(points: Float32Array) {
    const n = points.length / 2
    this.#points = points
    this.#bounds = boundsOf(points)
    this.#cells = Math.max(1, Math.min(mostCells, Math.ceil(Math.sqrt(n / pointsPerCell))))
    this.#start = new Int32Array(this.#cells * this.#cells + 1)
    this.#rows = new Int32Array(n)
    for (let row = 0; row < n; row++) this.#start[this.#cellOf(row) + 1]!++
    for (let c = 1; c < this.#start.length; c++) this.#start[c]! += this.#start[c - 1]!
    const next = this.#start.slice()
    for (let row = 0; row < n; row++) this.#rows[next[this.#cellOf(row)]!++] = row
  }

  #along(value: number, [low, high]: readonly [number, number]): number {
    const at = Math.floor(((value - low) / (high - low || 1)) * this.#cells)
    // Not a number goes into the first cell and is never the nearest.
    return at > 0 ? Math.min(this.#cells - 1, at) : 0
  }

  #cellOf(row: number): number {
    const column = this.#along(this.#points[2 * row]!, this.#bounds.x)
    return this.#along(this.#points[2 * row + 1]!, this.#bounds.y) * this.#cells + column
  }

  /** Row of the nearest point no farther than `radius`, null when there is none. Units of the points. */
  nearest({ x, y }: Place, radius: number): number | null {
    const [left, right] = [this.#along(x - radius, this.#bounds.x), this.#along(x + radius, this.#bounds.x)]
    const [low, high] = [this.#along(y - radius, this.#bounds.y), this.#along(y + radius, this.#bounds.y)]
    let best: number | null = null
    let closest = radius * radius
    for (let line = low; line <= high; line++)
      for (let i = this.#start[line * this.#cells + left]!; i < this.#start[line * this.#cells + right + 1]!; i++) {
        const row = this.#rows[i]!
        const distance = (this.#points[2 * row]! - x) ** 2 + (this.#points[2 * row + 1]! - y) ** 2
        if (distance > closest) continue
        closest = distance
        best = row
      }
    return best
  }
}
