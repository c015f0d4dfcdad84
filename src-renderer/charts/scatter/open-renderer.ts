/**
 * The quickest renderer for so many points on this machine. WebGL on a GPU draws any number; where WebGL is done in
 * software it sets up every point as a shape of its own and takes several times as long as writing the pixels by hand.
 */
import { canvasPoints } from './canvas-points.ts'
import type { PointRenderer } from './renderer.ts'
import { webglPoints } from './webgl-points.ts'

/** Up to so many points WebGL in software is quick enough, and its discs have soft edges. */
export const softwareUpTo = 20_000

export type RendererKind = PointRenderer['kind']

export interface OpenRenderer {
  readonly canvas: HTMLCanvasElement
  readonly renderer: PointRenderer
}

let software: boolean | null = null

/** WebGL without a GPU behind it: SwiftShader, llvmpipe, the system's own renderer on Windows. */
export function isSoftwareName(renderer: string): boolean {
  return /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i.test(renderer)
}

function webglIsSoftware(): boolean {
  if (software !== null) return software
  const gl = document.createElement('canvas').getContext('webgl2')
  const info = gl?.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = gl && info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : ''
  software = typeof name === 'string' && isSoftwareName(name)
  gl?.getExtension('WEBGL_lose_context')?.loseContext()
  return software
}

export function preferredRenderer(points: number): RendererKind {
  return points > softwareUpTo && webglIsSoftware() ? 'canvas' : 'webgl'
}

/** On a canvas of its own: one that was asked for WebGL in vain gives no other context any more. */
function tried(open: (canvas: HTMLCanvasElement) => PointRenderer | null): OpenRenderer | null {
  const canvas = document.createElement('canvas')
  canvas.ariaHidden = 'true'
  const renderer = open(canvas)
  return renderer === null ? null : { canvas, renderer }
}

/** One that a plot gave back: to begin WebGL anew takes longer than all else a plot does when it opens. */
let spare: OpenRenderer | null = null

function takeSpare(): OpenRenderer | null {
  const taken = spare
  spare = null
  if (taken === null || taken.renderer.usable) return taken
  taken.renderer.dispose()
  return null
}

/** Takes out of the page what `openRenderer` opened. */
export function closeRenderer(opened: OpenRenderer): void {
  const { canvas, renderer } = opened
  canvas.remove()
  if (renderer.kind !== 'webgl' || spare !== null || !renderer.usable) {
    renderer.dispose()
    return
  }
  // Neither points nor a picture are kept with it.
  renderer.setPoints(new Float32Array(0))
  canvas.width = canvas.height = 1
  spare = opened
}

/** Null where the browser draws no canvas at all. To be closed by `closeRenderer`. */
export function openRenderer(kind: RendererKind): OpenRenderer | null {
  const kept = kind === 'webgl' ? takeSpare() : null
  return kept ?? (kind === 'webgl' ? tried(webglPoints) : null) ?? tried(canvasPoints)
}
