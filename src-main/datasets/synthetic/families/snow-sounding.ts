/** A snow crystal beside the humidity above: bearing, focus, size, height of the cloud and the sonde vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

export const snowSounding = family('snow-sounding', {
  description: 'a snow crystal (habit of three, rime) beside a sounding of humidity (habit, inversion)',
  samples: 1500,
  networks: threeNodes(
    'chain',
    [
      binary('inversion', 'without', 'with'),
      { name: 'habit', categories: ['plate', 'stellar', 'dendrite'] },
      binary('rime', 'clean', 'rimed'),
    ],
    { inversion: [0.4, 0.6] },
  ),
  image: {
    height: 36,
    width: 36,
    channels: 1,
    noise: 0.03,
    paint: ([, habit = 0, rime = 0], random) => {
      const [cx, cy] = [17.5 + 0.8 * random.normal(), 17.5 + 0.8 * random.normal()]
      const turn = 2 * Math.PI * random.uniform()
      const size = 14 * (1 + 0.05 * random.normal())
      const starry = sigmoid(8 * (habit + 0.5))
      const branched = sigmoid(8 * (habit - 0.5))
      const plate = size * (0.9 - 0.6 * starry - 0.1 * branched)
      const arm = 1.15 * starry
      // No two arms are quite alike.
      const arms = Array.from({ length: 6 }, () => ({
        reach: size * (1 + 0.03 * random.normal()),
        branches: [0.42, 0.64, 0.84].map((at) => ({
          at: size * (at + 0.02 * random.normal()),
          length: size * (0.42 - 0.34 * (at - 0.42)) * branched * (1 + 0.1 * random.normal()),
        })),
      }))
      const drops = Array.from({ length: Math.max(0, Math.round(15 + 15 * rime + random.normal())) }, () => {
        const [sector, out] = [Math.floor(6 * random.uniform()), size * (0.1 + 0.8 * random.uniform())]
        const angle = turn + (Math.PI / 3) * sector
        const aside = (starry > 0.5 ? 0.9 : 0.38 * out) * (2 * random.uniform() - 1)
        const reach = starry > 0.5 ? out : 0.75 * out
        return {
          x: cx + reach * Math.cos(angle) - aside * Math.sin(angle),
          y: cy + reach * Math.sin(angle) + aside * Math.cos(angle),
        }
      })
      const [ice, dark] = [0.5 * (1 + 0.06 * random.normal()), 0.12 + 0.02 * random.normal()]
      const [tilt, focus] = [0.04 * random.normal(), 2.6 * (1 + 0.1 * random.normal())]
      return (x, y) => {
        const [r, angle] = [Math.hypot(x - cx, y - cy), Math.atan2(y - cy, x - cx) - turn + 8 * Math.PI]
        const sector = Math.round(angle / (Math.PI / 3))
        const within = angle - (sector * Math.PI) / 3
        const [u, v] = [r * Math.cos(within), Math.abs(r * Math.sin(within))]
        const { reach, branches } = arms[sector % 6]!
        // A hexagon whose corners lie where arms grow.
        const hexagon = plate - (u * Math.cos(Math.PI / 6) + v * Math.sin(Math.PI / 6)) / Math.cos(Math.PI / 6)
        let solid = Math.max(hexagon, Math.min(arm - v, reach - u) - 4 * (1 - starry))
        for (const { at, length } of branches) {
          // Branches leave at 60 degrees, as the crystal's own axes do.
          const [along, across] = [(u - at) / 2 + v * 0.866, Math.abs((u - at) * 0.866 - v / 2)]
          if (length > 1 && along > 0) solid = Math.max(solid, Math.min(0.75 - across, length - along))
        }
        const crystal = sigmoid(focus * solid)
        const ridge = 0.12 * bump(v, 0.8) * crystal
        const frozen = Math.max(0, ...drops.map((drop) => bump(Math.hypot(x - drop.x, y - drop.y), 0.75)))
        return dark + (tilt * (x - 17.5)) / 18 + ice * crystal * 0.8 + ridge + 0.45 * frozen
      }
    },
  },
  curve: {
    valueLabel: '% humidity',
    gridLabel: 'km',
    from: 0,
    to: 6,
    points: 90,
    noise: 0.8,
    trace: ([inversion = 0, habit = 0], random) => {
      const [ground, bias] = [72 + 6 * random.normal(), 0.8 * random.normal()]
      const [base, top] = [1.2 + 0.15 * random.normal(), 3.6 + 0.25 * random.normal()]
      const aloft = 32 + 5 * random.normal()
      // Of the vapour over ice, in the cloud.
      const cloud = 112 + 8 * habit
      const layers = Array.from({ length: 3 }, () => ({ at: 6 * random.uniform(), by: 2.5 * random.normal() }))
      const lid = 0.16 * Math.exp(-0.85 * inversion)
      return (km) => {
        const below = ground + (95 - ground) * Math.min(1, km / base)
        const inside = sigmoid((km - base) / 0.1)
        const above = sigmoid((km - top) / lid)
        const thin = layers.reduce((sum, { at, by }) => sum + by * bump(km - at, 0.1), 0)
        const air = below + (cloud - below) * inside
        return bias + thin + air + (aloft - air) * above
      }
    },
  },
})
