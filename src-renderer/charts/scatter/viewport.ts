/** From data to the pixels of a plot and back: pan, zoom about a point, fit. Pixels are CSS pixels, y downwards. */

export interface Bounds {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** The data point in the middle of the plot, and pixels for one unit: one scale for both axes, so distances are true. */
export interface Viewport {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** Box around the finite points, [n, 2]; a box around the origin when there are none. */
export function boundsOf(points: Float32Array): Bounds {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i]!
    const y = points[i + 1]!
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    if (x < left) left = x
    if (x > right) right = x
    if (y < bottom) bottom = y
    if (y > top) top = y
  }
  return left > right ? { x: [-1, 1], y: [-1, 1] } : { x: [left, right], y: [bottom, top] }
}

/** Shows all of the box with a margin in pixels. */
export function fit(bounds: Bounds, size: Size, margin = 20): Viewport {
  const across = Math.max(bounds.x[1] - bounds.x[0], 1e-9)
  const up = Math.max(bounds.y[1] - bounds.y[0], 1e-9)
  const room = (length: number): number => Math.max(length - 2 * margin, 1)
  return {
    x: (bounds.x[0] + bounds.x[1]) / 2,
    y: (bounds.y[0] + bounds.y[1]) / 2,
    scale: Math.min(room(size.width) / across, room(size.height) / up),
  }
}

export function toScreen({ x, y, scale }: Viewport, { width, height }: Size, point: Place): Place {
  return { x: width / 2 + (point.x - x) * scale, y: height / 2 - (point.y - y) * scale }
}

export function toData({ x, y, scale }: Viewport, { width, height }: Size, place: Place): Place {
  return { x: x + (place.x - width / 2) / scale, y: y - (place.y - height / 2) / scale }
}

/** Moves the picture by so many pixels. */
export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x - dx / view.scale, y: view.y + dy / view.scale }
}

/** Zooms so that what lies under `about` (pixels) stays there. */
export function zoomed(view: Viewport, size: Size, factor: number, about: Place): Viewport {
  const fixed = toData(view, size, about)
  const scale = Math.min(1e9, Math.max(1e-9, view.scale * factor))
  return {
    x: fixed.x - (about.x - size.width / 2) / scale,
    y: fixed.y + (about.y - size.height / 2) / scale,
    scale,
  }
}
