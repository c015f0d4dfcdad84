/** Points by WebGL 2: one buffer of places, one of colours, one draw call. Shaders are fixed text; nothing is evaluated. */
import type { PointColours, PointPicture, PointRenderer } from './renderer.ts'

const vertexSource = `#version 300 es
layout(location = 0) in vec2 place;
layout(location = 1) in vec4 colour;
layout(location = 2) in float front;
uniform vec2 centre;
uniform vec2 unit;
uniform float diameter;
out vec4 paint;
void main() {
  gl_Position = vec4((place - centre) * unit, 0.5 - 0.5 * front, 1.0);
  gl_PointSize = diameter;
  paint = colour;
}`

/** Round for few points, with a soft edge; many are squares of a few pixels, which nobody can tell from discs. */
const roundSource = `#version 300 es
precision highp float;
in vec4 paint;
uniform float diameter;
out vec4 pixel;
void main() {
  float outside = (length(gl_PointCoord - 0.5) - 0.5) * diameter + 0.5;
  if (outside >= 1.0) discard;
  pixel = vec4(paint.rgb, 0.88 * paint.a * (1.0 - clamp(outside, 0.0, 1.0)));
}`

const squareSource = `#version 300 es
precision mediump float;
in vec4 paint;
out vec4 pixel;
void main() {
  pixel = paint;
}`

/** Device pixels up to which a disc is drawn as a square. */
const squareUpTo = 4

interface Program {
  readonly program: WebGLProgram
  readonly centre: WebGLUniformLocation | null
  readonly unit: WebGLUniformLocation | null
  readonly diameter: WebGLUniformLocation | null
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader | null {
  const shader = gl.createShader(type)
  if (shader === null) return null
  gl.shaderSource(shader, source)
  gl.compileShader(shader)
  return shader
}

function link(gl: WebGL2RenderingContext, fragment: string): Program | null {
  const program = gl.createProgram()
  const vertex = compile(gl, gl.VERTEX_SHADER, vertexSource)
  const pixel = compile(gl, gl.FRAGMENT_SHADER, fragment)
  if (vertex === null || pixel === null) return null
  gl.attachShader(program, vertex)
  gl.attachShader(program, pixel)
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) return null
  return {
    program,
    centre: gl.getUniformLocation(program, 'centre'),
    unit: gl.getUniformLocation(program, 'unit'),
    diameter: gl.getUniformLocation(program, 'diameter'),
  }
}

class WebglPoints implements PointRenderer {
  readonly kind = 'webgl'
  readonly #gl: WebGL2RenderingContext
  readonly #round: Program
  readonly #square: Program
  readonly #places: WebGLBuffer
  readonly #colours: WebGLBuffer
  readonly #fronts: WebGLBuffer
  /** What has been uploaded at least once. */
  #count = 0

  constructor(gl: WebGL2RenderingContext, round: Program, square: Program) {
    this.#gl = gl
    this.#round = round
    this.#square = square
    this.#places = gl.createBuffer()
    this.#colours = gl.createBuffer()
    this.#fronts = gl.createBuffer()
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#places)
    gl.enableVertexAttribArray(0)
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#colours)
    gl.enableVertexAttribArray(1)
    gl.vertexAttribPointer(1, 4, gl.UNSIGNED_BYTE, true, 0, 0)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#fronts)
    gl.enableVertexAttribArray(2)
    gl.vertexAttribPointer(2, 1, gl.UNSIGNED_BYTE, false, 0, 0)
    gl.enable(gl.DEPTH_TEST)
    gl.depthFunc(gl.LEQUAL)
    // The page takes colours multiplied by their opacity, and opacity itself adds up.
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.clearColor(0, 0, 0, 0)
  }

  get usable(): boolean {
    return !this.#gl.isContextLost()
  }

  setPoints(points: Float32Array): void {
    this.#count = points.length / 2
    this.#upload(this.#places, points)
    this.#upload(this.#colours, new Uint32Array(this.#count))
    this.#upload(this.#fronts, new Uint8Array(this.#count))
  }

  setColours(colours: PointColours): void {
    this.#upload(this.#colours, colours)
  }

  setFront(front: Uint8Array): void {
    this.#upload(this.#fronts, front)
  }

  draw({ view, size, ratio, diameter }: PointPicture): void {
    const gl = this.#gl
    const pixels = Math.max(1, diameter * ratio)
    const square = pixels <= squareUpTo
    const { program, centre, unit, diameter: across } = square ? this.#square : this.#round
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight)
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT)
    if (square) gl.disable(gl.BLEND)
    else gl.enable(gl.BLEND)
    gl.useProgram(program)
    gl.uniform2f(centre, view.x, view.y)
    gl.uniform2f(unit, (2 * view.scale) / size.width, (2 * view.scale) / size.height)
    gl.uniform1f(across, pixels)
    gl.drawArrays(gl.POINTS, 0, this.#count)
  }

  dispose(): void {
    const gl = this.#gl
    for (const buffer of [this.#places, this.#colours, this.#fronts]) gl.deleteBuffer(buffer)
    for (const { program } of [this.#round, this.#square]) gl.deleteProgram(program)
    // Browsers keep a few contexts only: this one is given back at once.
    gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  #upload(buffer: WebGLBuffer, values: Float32Array | Uint32Array | Uint8Array): void {
    const gl = this.#gl
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW)
  }
}

/** Null where there is no WebGL 2. */
export function webglPoints(canvas: HTMLCanvasElement): PointRenderer | null {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: true })
  if (gl === null) return null
  const round = link(gl, roundSource)
  const square = link(gl, squareSource)
  return round === null || square === null ? null : new WebglPoints(gl, round, square)
}
