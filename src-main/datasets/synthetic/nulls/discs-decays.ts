/** A disc whose edge is sharper than pixels, at a normally distributed place and of any size, beside a decay of any rate. */
import { continuousFamily } from '../families/family.ts'

export const discsDecays = continuousFamily('discs-decays', {
  description:
    'no category and no dependence: a disc without grey at its edge, of any size, beside a decay of any rate',
  samples: 1200,
  causes: ['x', 'y', 'size', 'rate', 'floor'],
  draw: (random) => [random.normal(), random.normal(), random.normal(), random.normal(), random.normal()],
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.03,
    paint: ([cx = 0, cy = 0, size = 0]) => {
      const radius = 5.6 + 1.1 * size
      return (x, y) => (Math.hypot(x - 13.5 - 2.2 * cx, y - 13.5 - 2.2 * cy) < radius ? 0.8 : 0.2)
    },
  },
  curve: {
    valueLabel: 'y',
    gridLabel: 's',
    from: 0,
    to: 1,
    points: 48,
    noise: 0.03,
    trace: ([, , , rate = 0, floor = 0]) => {
      const pace = Math.exp(1 + 0.5 * rate)
      return (t) => 0.2 * floor + Math.exp(-pace * t)
    },
  },
})
