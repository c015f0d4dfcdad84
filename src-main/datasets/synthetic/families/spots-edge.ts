/** Diffraction spots beside an absorption edge; one phase is rare. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const spotsEdge = family('spots-edge', {
  description: 'diffraction spots beside an absorption edge: symmetry (one in eight hexagonal), spacing, valence',
  samples: 2000,
  networks: threeNodes(
    'chain',
    [binary('symmetry', 'square', 'hexagonal'), binary('spacing', 'short', 'long'), binary('valence', 'two', 'three')],
    { symmetry: [0.875, 0.125] },
  ),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.03,
    paint: ([symmetry = 0, spacing = 0], random) => {
      const turn = 0.06 * random.normal()
      const radius = 8 + 1.6 * spacing
      const spots = (fold: number, strength: number): { x: number; y: number; strength: number }[] =>
        Array.from({ length: fold }, (_, s) => {
          const angle = turn + (2 * Math.PI * s) / fold
          return { x: 13.5 + radius * Math.cos(angle), y: 13.5 + radius * Math.sin(angle), strength }
        })
      const all = [...spots(4, (1 - symmetry) / 2), ...spots(6, (1 + symmetry) / 2)]
      return (x, y) =>
        all.reduce((sum, s) => sum + 0.7 * s.strength * bump(Math.hypot(x - s.x, y - s.y), 1.5), 0.05) +
        0.4 * bump(Math.hypot(x - 13.5, y - 13.5), 1.8)
    },
  },
  curve: {
    valueLabel: 'absorption',
    gridLabel: 'energy',
    from: 0,
    to: 1,
    points: 60,
    noise: 0.03,
    trace: ([, spacing = 0, valence = 0], random) => {
      const edge = 0.42 + 0.1 * valence
      const line = 0.4 + 0.05 * random.normal()
      return (e) =>
        0.5 +
        Math.atan((e - edge) / 0.03) / Math.PI +
        line * bump(e - edge - 0.06, 0.04) +
        0.1 * Math.sin(2 * Math.PI * (3 + spacing) * Math.max(0, e - edge))
    },
  },
})
