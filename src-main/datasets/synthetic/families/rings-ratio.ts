/** Interference rings of two spacings and contrasts beside two peaks in two ratios; centre, phase and baseline vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary } from './shapes.ts'

export const ringsRatio = family('rings-ratio', {
  description: 'interference rings (spacing, contrast) beside a spectrum of two peaks (their ratio)',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('spacing', 'wide', 'narrow'),
    binary('contrast', 'weak', 'strong'),
    binary('ratio', 'second', 'first'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.05,
    paint: ([spacing = 0, contrast = 0], random) => {
      const [cx, cy, phase] = [13.5 + random.normal(), 13.5 + random.normal(), 0.4 * random.normal()]
      return (x, y) =>
        0.5 + (0.325 + 0.125 * contrast) * Math.cos((Math.hypot(x - cx, y - cy) / 13.5) * (11 + 3 * spacing) + phase)
    },
  },
  curve: {
    valueLabel: 'counts',
    gridLabel: 'energy',
    from: 0,
    to: 1,
    points: 64,
    noise: 0.02,
    trace: ([, , ratio = 0], random) => {
      const first = 0.525 + 0.225 * ratio + 0.03 * random.normal()
      const shift = 0.01 * random.normal()
      const slope = 0.15 * random.normal()
      const peak = (x: number, at: number): number => Math.exp(-(((x - at) / 0.05) ** 2))
      return (x) => first * peak(x, 0.35 + shift) + (1 - first) * peak(x, 0.65) + slope * x
    },
  },
})
