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

/** Null where the browser draws no canvas at all. */
export function openRenderer(kind: RendererKind): OpenRenderer | null {
  return (kind === 'webgl' ? tried(webglPoints) : null) ?? tried(canvasPoints)
}
