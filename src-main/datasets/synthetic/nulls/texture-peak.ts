/** A texture of plane waves of any direction and phase beside a spectral peak at any place. */
import { continuousFamily } from '../families/family.ts'
import { bump } from '../families/shapes.ts'

export const texturePeak = continuousFamily('texture-peak', {
  description: 'no category: texture noise beside a spectral peak at a normally distributed place',
  samples: 1200,
  causes: ['place'],
  draw: (random) => [random.normal()],
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.03,
    paint: (_, random) => {
      const waves = Array.from({ length: 8 }, () => {
        const angle = 2 * Math.PI * random.uniform()
        const wave = (2 * Math.PI) / (4 + 6 * random.uniform())
        const phase = 2 * Math.PI * random.uniform()
        return { kx: wave * Math.cos(angle), ky: wave * Math.sin(angle), phase }
      })
      return (x, y) => waves.reduce((sum, { kx, ky, phase }) => sum + 0.09 * Math.sin(kx * x + ky * y + phase), 0.5)
    },
  },
  curve: {
    valueLabel: 'intensity',
    gridLabel: 'shift',
    from: 0,
    to: 1,
    points: 64,
    noise: 0.03,
    trace:
      ([place = 0]) =>
      (x) =>
        bump(x - 0.5 - 0.1 * place, 0.06),
  },
})
