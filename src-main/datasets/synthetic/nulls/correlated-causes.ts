/** Three normally distributed causes, each following the one before: dependence without any category. */
import { continuousFamily } from '../families/family.ts'
import { sigmoid } from '../families/shapes.ts'

export const correlatedCauses = continuousFamily('correlated-causes', {
  description: 'no category: size and brightness of a disc and the slope of a line, normally distributed, correlated',
  samples: 1200,
  causes: ['size', 'brightness', 'slope'],
  draw: (random) => {
    const size = random.normal()
    const brightness = 0.8 * size + 0.6 * random.normal()
    return [size, brightness, 0.8 * brightness + 0.6 * random.normal()]
  },
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.03,
    paint:
      ([size = 0, brightness = 0]) =>
      (x, y) =>
        0.05 + (0.5 + 0.12 * brightness) * sigmoid(2 * (5.5 + 1.3 * size - Math.hypot(x - 11.5, y - 11.5))),
  },
  curve: {
    valueLabel: 'y',
    gridLabel: 'x',
    from: 0,
    to: 1,
    points: 24,
    noise: 0.05,
    trace:
      ([, , slope = 0]) =>
      (x) =>
        slope * x,
  },
})
