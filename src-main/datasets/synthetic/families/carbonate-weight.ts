/** Calcium carbonate under the electron microscope beside its weight on heating: crowding, shading, moisture and buoyancy vary without meaning. */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

interface Particle {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly turn: number
  readonly grey: number
}

/** Where no particle lies upon another by more than a twentieth of both radii, as far as 400 throws find room. */
function thrown(size: number, random: RandomStream): Particle[] {
  const particles: Particle[] = []
  for (let k = 0; k < 400; k++) {
    const particle = {
      x: 36 * random.uniform() - 2,
      y: 36 * random.uniform() - 2,
      radius: size * Math.exp(0.1 * random.normal()),
      turn: 2 * Math.PI * random.uniform(),
      grey: 0.04 * random.normal(),
    }
    const room = particles.every(
      ({ x, y, radius }) => Math.hypot(x - particle.x, y - particle.y) > 0.95 * (radius + particle.radius),
    )
    if (room && random.uniform() < 0.6) particles.push(particle)
  }
  return particles
}

/** Secondary electrons of a ball: edges shine. */
function ball(u: number, v: number): number {
  const off = u * u + v * v
  return off > 1 ? -1 : 0.38 + 0.42 * off * off - 0.08 * v
}

/** A rhombohedron along its axis: three faces that meet in the middle, each with a light of its own. */
function rhombohedron(u: number, v: number, turn: number): number {
  const angle = (Math.atan2(v, u) - turn + 4 * Math.PI) % (2 * Math.PI)
  const reach = 0.95 / Math.max(...[0, 1, 2, 3, 4, 5].map((k) => Math.cos(angle - (Math.PI / 3) * (k + 0.5))))
  if (Math.hypot(u, v) > reach) return -1
  const face = Math.floor(angle / ((2 * Math.PI) / 3))
  return 0.5 + 0.24 * Math.cos(turn + ((2 * Math.PI) / 3) * (face + 0.5) + 2.4)
}

export const carbonateWeight = family('carbonate-weight', {
  description: 'carbonate powder by electron microscope (habit, size) beside its weight on heating (water, size)',
  samples: 1500,
  networks: threeNodes(
    'collider',
    [binary('water', 'dry', 'hydrated'), binary('habit', 'spheres', 'rhombs'), binary('size', 'fine', 'coarse')],
    { habit: [0.6, 0.4] },
    0.8,
  ),
  image: {
    height: 32,
    width: 32,
    channels: 1,
    noise: 0.04,
    paint: ([, habit = 0, size = 0], random) => {
      const particles = thrown(4.1 * Math.exp(0.36 * size), random)
      const [contrast, dark] = [1 + 0.08 * random.normal(), 0.1 + 0.02 * random.normal()]
      const [charge, axis] = [0.05 * random.normal(), 2 * Math.PI * random.uniform()]
      return (x, y) => {
        let grey = dark
        for (const { x: px, y: py, radius, turn, grey: own } of particles) {
          const [u, v] = [(x - px) / radius, (y - py) / radius]
          if (Math.max(Math.abs(u), Math.abs(v)) > 1.2) continue
          const shown = habit > 0 ? rhombohedron(u, v, turn) : ball(u, v)
          // What lies in front hides what was thrown before.
          if (shown >= 0) grey = shown + own
        }
        return contrast * grey + (charge * ((x - 15.5) * Math.cos(axis) + (y - 15.5) * Math.sin(axis))) / 16
      }
    },
  },
  curve: {
    valueLabel: '% mass',
    gridLabel: 'C',
    from: 30,
    to: 930,
    points: 91,
    noise: 0.12,
    trace: ([water = 0, , size = 0], random) => {
      const moisture = Math.max(0, 0.8 + 0.3 * random.normal())
      const bound = 4.5 + 2.5 * water
      const dehydrates = 185 + 8 * random.normal()
      const organic = Math.max(0, 1.5 + 0.5 * random.normal())
      const purity = 0.95 + 0.02 * random.normal()
      // Carbon dioxide leaves coarse particles later.
      const leaves = 735 + 35 * size + 4 * random.normal()
      const [zero, buoyancy] = [0.3 * random.normal(), 0.4 * random.normal()]
      return (t) => {
        const rest =
          100 -
          moisture * sigmoid((t - 75) / 15) -
          bound * sigmoid((t - dehydrates) / 14) -
          organic * sigmoid((t - 350) / 25)
        // Slow at first, then faster and faster, and over.
        const left = Math.exp(-Math.exp((t - leaves) / 25))
        return zero + (buoyancy * (t - 30)) / 900 + rest * (1 - 0.44 * purity * (1 - left))
      }
    },
  },
})
