/** A bar and a pulse of two studies put together by chance: each modality has two factors and an edge, none goes across. */
import { family } from '../families/family.ts'
import { leaningNetwork } from '../families/network.ts'
import { binary, bump, sigmoid } from '../families/shapes.ts'

const nodes = [
  binary('tilt', 'left', 'right'),
  binary('width', 'thin', 'thick'),
  binary('arrival', 'early', 'late'),
  binary('height', 'low', 'high'),
]

export const shuffledPairing = family('shuffled-pairing', {
  description: 'a bar beside a pulse, paired by chance: an edge within each modality, none between them',
  samples: 1500,
  networks: new Map([['dealt', leaningNetwork('dealt', nodes, { width: ['tilt'], height: ['arrival'] })]]),
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.03,
    paint: ([tilt = 0, width = 0], random) => {
      const centre = 11.5 + 0.5 * random.normal()
      const half = 2.5 + 0.8 * width
      return (x, y) => 0.1 + 0.8 * sigmoid(3 * (half - Math.abs(x - centre - 0.35 * tilt * (y - 11.5))))
    },
  },
  curve: {
    valueLabel: 'voltage',
    gridLabel: 'time',
    from: 0,
    to: 1,
    points: 48,
    noise: 0.03,
    trace:
      ([, , arrival = 0, height = 0]) =>
      (t) =>
        (1 + 0.3 * height) * bump(t - 0.5 - 0.12 * arrival, 0.07),
  },
})
