/** Dendrites of a cast alloy beside how it cooled: bearing of the arms, etching, pouring and the thermocouple vary without meaning. */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

interface Arm {
  /** Along and across the trunks, in pixels from the middle. */
  readonly along: number
  readonly across: number
  readonly side: 1 | -1
  readonly length: number
}

/** Pixels from trunk to trunk. */
const lane = 15

/** Arms of the trunks at `trunks`, `spacing` apart on each side. */
function armsOf(trunks: readonly number[], spacing: number, random: RandomStream): Arm[] {
  return trunks.flatMap((across) =>
    ([1, -1] as const).flatMap((side) => {
      const start = spacing * random.uniform()
      return Array.from({ length: Math.ceil(56 / spacing) }, (_, k): Arm => {
        const along = -28 + start + spacing * (k + 0.07 * random.normal())
        return { along, across, side, length: 0.43 * lane * (1 + 0.12 * random.normal()) }
      })
    }),
  )
}

export const dendritesCooling = family('dendrites-cooling', {
  description: 'dendrites of a cast alloy (cooling, pores) beside its cooling curve (cooling, inoculation)',
  samples: 1500,
  networks: threeNodes(
    'complete',
    [binary('inoculation', 'with', 'without'), binary('cooling', 'fast', 'slow'), binary('pores', 'sound', 'porous')],
    {},
    0.6,
  ),
  image: {
    height: 36,
    width: 36,
    channels: 1,
    noise: 0.04,
    paint: ([, cooling = 0, pores = 0], random) => {
      const spacing = 4.8 * Math.exp(0.3 * cooling)
      const angle = 2 * Math.PI * random.uniform()
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      const shift = lane * random.uniform()
      const trunks = Array.from({ length: 4 }, (_, k) => shift + lane * (k - 2) + 0.6 * random.normal())
      const arms = armsOf(trunks, spacing, random)
      const holes = Array.from({ length: Math.max(0, Math.round(3.5 + 3.5 * pores + 0.5 * random.normal())) }, () => {
        // Gas is left where the melt froze last, between trunks.
        const [x, y] = [3 + 30 * random.uniform(), 3 + 30 * random.uniform()]
        const [along, off] = [(x - 17.5) * cos + (y - 17.5) * sin, (y - 17.5) * cos - (x - 17.5) * sin]
        const lanes = trunks.map((trunk) => trunk + lane / 2)
        const across = lanes.reduce((near, other) => (Math.abs(other - off) < Math.abs(near - off) ? other : near))
        return { along, across, radius: 1.6 * (1 + 0.15 * random.normal()) }
      })
      const [bright, etched] = [0.72 + 0.03 * random.normal(), 0.42 + 0.03 * random.normal()]
      const [tilt, axis] = [0.05 * random.normal(), 2 * Math.PI * random.uniform()]
      return (x, y) => {
        const [u, v] = [(x - 17.5) * cos + (y - 17.5) * sin, (y - 17.5) * cos - (x - 17.5) * sin]
        let solid = Math.max(...trunks.map((across) => sigmoid(3 * (1.3 - Math.abs(v - across)))))
        for (const arm of arms) {
          const out = (v - arm.across) * arm.side
          if (out < 0 || out > arm.length + 3 || Math.abs(u - arm.along) > spacing) continue
          // An arm is thickest at its tip and has a neck at the trunk.
          const half = spacing * (0.24 + 0.08 * Math.min(1, out / arm.length))
          const beyond = Math.max(0, out - arm.length + half)
          solid = Math.max(solid, sigmoid(3 * (half - Math.hypot(u - arm.along, beyond))))
        }
        const eutectic = etched + 0.05 * Math.sin(2.6 * x + 1.3 * y) * Math.sin(1.1 * x - 2.9 * y)
        const metal = eutectic + (bright - eutectic) * solid
        const hole = Math.max(
          0,
          ...holes.map(({ along, across, radius }) => sigmoid(4 * (radius - Math.hypot(u - along, v - across)))),
        )
        const light = (tilt * ((x - 17.5) * Math.cos(axis) + (y - 17.5) * Math.sin(axis))) / 18
        return (metal + light) * (1 - hole) + 0.04 * hole
      }
    },
  },
  curve: {
    valueLabel: 'C',
    gridLabel: 's',
    from: 0,
    to: 300,
    points: 120,
    noise: 0.25,
    trace: ([inoculation = 0, cooling = 0], random) => {
      const pace = Math.exp(0.3 * cooling + 0.03 * random.normal())
      const thermocouple = 1.5 * random.normal()
      const poured = 690 + 8 * random.normal()
      const [liquidus, eutectic] = [612 + 1.5 * random.normal(), 568 + 2 * random.normal()]
      const undercooled = 4.5 + 3.5 * inoculation
      const span = 0.6 * (1 + 0.04 * random.normal())
      // Seconds until the melt meets its liquidus, is solid in the main, and all solid.
      const meets = (22 * pace * (poured - liquidus)) / 78
      const begins = meets + 75 * pace
      const ends = begins + 60 * pace * span
      return (t) => {
        const liquid = liquidus + ((poured - liquidus) * (meets - t)) / meets
        const mushy =
          liquidus - 1 - (liquidus - eutectic - 1) * Math.min(1, Math.max(0, (t - meets) / (begins - meets))) ** 1.3
        const dip = undercooled * bump((t - meets - 3) / pace, 4)
        const after = Math.max(0, t - ends)
        const solid = 170 * (1 - Math.exp(-after / (110 * pace)))
        const melt = t < meets ? Math.max(liquid, mushy) : mushy
        return thermocouple + melt - dip - solid
      }
    },
  },
})
