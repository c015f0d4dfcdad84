/** The scatter of the clusters view alone on a page, with points to move and a clock for its frames. */
import { mount, tick } from 'svelte'
import '../../../src-renderer/styles/tokens.css'
import '../../../src-renderer/styles/base.css'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { categoryColours, coloursOfCodes } from '../../../src-renderer/charts/scatter/colours.ts'
import { pointsInPolygon } from '../../../src-renderer/charts/scatter/lasso.ts'
import { pointPalette } from '../../../src-renderer/charts/scatter/palette.ts'
import type { ScatterBench } from './bench.ts'
import Scatter from '../../../src-renderer/charts/scatter/Scatter.svelte'
import { adoptColours } from '../../../src-renderer/styles/colours.ts'

adoptColours()

const clusters = 12
const asked = new URL(location.href).searchParams
const count = Number(asked.get('points') ?? 100_000)
const draws = asked.get('draws') === 'webgl' ? 'webgl' : 'canvas'
const random = RandomStream.of(1, 'scatter bench')
const centres = random.normals(2 * clusters)
const noise = random.normals(2 * count)
const points = new Float32Array(2 * count)
const codes = new Int32Array(count)
for (let i = 0; i < count; i++) {
  const code = i % clusters
  codes[i] = code
  points[2 * i] = 3 * centres[2 * code]! + 0.6 * noise[2 * i]!
  points[2 * i + 1] = 3 * centres[2 * code + 1]! + 0.6 * noise[2 * i + 1]!
}
const { data, ink, surface, missing } = pointPalette('light')

const colours = coloursOfCodes(codes, categoryColours(clusters, data, ink, surface), missing)

/** A freehand ring of `corners` corners around the middle. */
function ring(corners: number): Float32Array {
  return Float32Array.from({ length: 2 * corners }, (_, i) => {
    const angle = (2 * Math.PI * Math.floor(i / 2)) / corners
    const radius = 3 + 0.4 * Math.sin(9 * angle)
    return radius * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle))
  })
}

const steps = {
  pan: (plot: Element, i: number) =>
    plot.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'][Math.floor(i / 3) % 4] ?? '',
        shiftKey: true,
        bubbles: true,
      }),
    ),
  zoom: (plot: Element, i: number) =>
    plot.dispatchEvent(
      new WheelEvent('wheel', { deltaY: i % 80 < 40 ? -12 : 12, clientX: 330, clientY: 300, bubbles: true }),
    ),
} as const

const bench: ScatterBench = {
  move(kind, frames) {
    const plot = document.querySelector('[data-renderer]')!
    const gl = draws === 'webgl' ? plot.querySelector('canvas')!.getContext('webgl2') : null
    const pixel = new Uint8Array(4)
    const intervals: number[] = []
    let last = 0
    return new Promise((resolve) => {
      const frame = (): void => {
        // Runs after the scatter's own callback of this frame. What it drew must stand before the clock is read: by
        // itself WebGL only queues it, and frames that are never shown would be counted.
        gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
        const now = performance.now()
        if (last > 0) intervals.push(now - last)
        last = now
        steps[kind](plot, intervals.length)
        if (intervals.length === frames) resolve(intervals)
        else void tick().then(() => requestAnimationFrame(frame))
      }
      requestAnimationFrame(frame)
    })
  },
  lasso(corners, times) {
    const polygon = ring(corners)
    return Array.from({ length: times }, () => {
      const before = performance.now()
      pointsInPolygon(points, polygon)
      return performance.now() - before
    })
  },
  selection: null,
}
Object.assign(window, { bench })

let released = 0
window.addEventListener('pointerup', () => (released = performance.now()), { capture: true })
mount(Scatter, {
  target: document.getElementById('plot')!,
  props: {
    label: `${count} points`,
    points,
    colours,
    draws,
    xLabel: 'direction 1',
    yLabel: 'direction 2',
    describe: (row: number) => String(row),
    onlasso: (rows: Int32Array) => {
      requestAnimationFrame(() =>
        setTimeout(() => (bench.selection = { released, painted: performance.now(), rows: rows.length })),
      )
    },
  },
})
