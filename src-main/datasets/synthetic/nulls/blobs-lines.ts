/** A blob at a normally distributed place and size beside a line of normally distributed slope and offset. */
import { continuousFamily } from '../families/family.ts'
import { bump } from '../families/shapes.ts'

export const blobsLines = continuousFamily('blobs-lines', {
  description: 'no category and no dependence: a blob of any place and size beside a line of any slope and offset',
  samples: 1200,
  causes: ['x', 'y', 'size', 'slope', 'offset'],
  draw: (random) => [random.normal(), random.normal(), random.normal(), random.normal(), random.normal()],
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.03,
    paint: ([cx = 0, cy = 0, size = 0]) => {
      const width = 2.5 * Math.exp(0.25 * size)
      return (x, y) => 0.1 + 0.8 * bump(Math.hypot(x - 11.5 - 2.5 * cx, y - 11.5 - 2.5 * cy), width)
    },
  },
  curve: {
    valueLabel: 'y',
    gridLabel: 'x',
    from: -1,
    to: 1,
    points: 20,
    noise: 0.05,
    trace:
      ([, , , slope = 0, offset = 0]) =>
      (x) =>
        offset + slope * x,
  },
})
