/** Fibres thrown at random, of two directions and numbers, beside a hysteresis loop of two widths; saturation varies without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary } from './shapes.ts'

export const fibresLoop = family('fibres-loop', {
  description: 'fibres at random places (direction, number) beside a hysteresis loop (width)',
  samples: 1500,
  networks: threeNodes('collider', [
    binary('direction', 'across', 'along'),
    binary('width', 'narrow', 'wide'),
    binary('number', 'few', 'many'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.04,
    paint: ([direction = 0, , number = 0], random) => {
      const fibres = Array.from({ length: 8 + 4 * number }, () => {
        const angle = ((1 + direction) * Math.PI) / 4 + 0.12 * random.normal()
        return { cx: 28 * random.uniform(), cy: 28 * random.uniform(), cos: Math.cos(angle), sin: Math.sin(angle) }
      })
      return (x, y) =>
        Math.max(
          0,
          ...fibres.map(({ cx, cy, cos, sin }) => {
            const along = (x - cx) * cos + (y - cy) * sin
            const across = (y - cy) * cos - (x - cx) * sin
            return Math.abs(along) < 6 ? Math.exp(-((across / 0.8) ** 2)) : 0
          }),
        )
    },
  },
  curve: {
    valueLabel: 'magnetisation',
    gridLabel: 'step',
    from: 0,
    to: 80,
    points: 80,
    noise: 0.03,
    trace: ([, width = 0], random) => {
      const half = 0.235 + 0.115 * width + 0.015 * random.normal()
      const saturation = 1 + 0.08 * random.normal()
      // Up and down again: the field goes from -1 to 1 and back.
      return (step) => saturation * Math.tanh(5 * (step < 40 ? step / 20 - 1 - half : 3 - step / 20 + half))
    },
  },
})
