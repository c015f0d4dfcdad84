/** Points without WebGL: written pixel by pixel into one picture, which is far quicker than drawing shapes one by one. */
import type { PointColours, PointPicture, PointRenderer } from './renderer.ts'

class CanvasPoints implements PointRenderer {
  readonly kind = 'canvas'
  readonly usable = true
  readonly #context: CanvasRenderingContext2D
  #points = new Float32Array(0)
  #colours: PointColours = new Uint32Array(0)
  #front = new Uint8Array(0)
  #picture: ImageData | null = null

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context
  }

  setPoints(points: Float32Array<ArrayBuffer>): void {
    this.#points = points
    this.#colours = new Uint32Array(points.length / 2)
    this.#front = new Uint8Array(points.length / 2)
  }

  setColours(colours: PointColours): void {
    this.#colours = colours
  }

  setFront(front: Uint8Array<ArrayBuffer>): void {
    this.#front = front
  }

  draw(picture: PointPicture): void {
    const { width, height } = this.#context.canvas
    if (width === 0 || height === 0) return
    if (this.#picture?.width !== width || this.#picture.height !== height)
      this.#picture = this.#context.createImageData(width, height)
    const pixels = new Uint32Array(this.#picture.data.buffer)
    pixels.fill(0)
    for (const layer of [0, 1]) this.#drawLayer(layer, pixels, picture)
    this.#context.putImageData(this.#picture, 0, 0)
  }

  dispose(): void {
    this.#picture = null
  }

  #drawLayer(layer: number, pixels: Uint32Array, { view, ratio, diameter }: PointPicture): void {
    const { width, height } = this.#context.canvas
    const side = Math.max(1, Math.round(diameter * ratio))
    const spans = discSpans(side)
    const scale = view.scale * ratio
    const [left, top] = [width / 2 - view.x * scale - side / 2, height / 2 + view.y * scale - side / 2]
    for (let row = 0; row < this.#front.length; row++) {
      if (this.#front[row] !== layer) continue
      const x = Math.round(left + this.#points[2 * row]! * scale)
      const y = Math.round(top - this.#points[2 * row + 1]! * scale)
      if (!(x > -side && y > -side && x < width && y < height)) continue
      const colour = this.#colours[row]!
      for (let line = 0; line < side; line++) {
        const place = y + line
        if (place < 0 || place >= height) continue
        const inset = spans[line]!
        const from = Math.max(0, x + inset)
        const to = Math.min(width, x + side - inset)
        for (let i = place * width + from; i < place * width + to; i++) pixels[i] = colour
      }
    }
  }
}

/** How many pixels of each line of a disc's square are left empty at either end, [side]. */
export function discSpans(side: number): readonly number[] {
  const radius = side / 2
  return Array.from({ length: side }, (_, line) => {
    const up = line + 0.5 - radius
    return Math.max(0, Math.round(radius - Math.sqrt(Math.max(0, radius * radius - up * up))))
  })
}

/** Null where there is no canvas either. */
export function canvasPoints(canvas: HTMLCanvasElement): PointRenderer | null {
  const context = canvas.getContext('2d')
  return context === null ? null : new CanvasPoints(context)
}
