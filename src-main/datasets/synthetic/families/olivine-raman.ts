/** A crystal of olivine in a thin section beside its Raman spectrum: how it was cut, fluorescence, calibration and cosmic rays vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

/** Nanometres that the camera's red, green and blue stand for. */
const wavelengths = [620, 540, 450] as const

export const olivineRaman = family('olivine-raman', {
  description:
    'olivine between crossed polarisers (zoning, alteration) beside its Raman spectrum (composition, alteration)',
  samples: 1500,
  networks: threeNodes('fork', [
    { name: 'composition', categories: ['magnesian', 'middling', 'ferroan'] },
    binary('zoning', 'even', 'zoned'),
    binary('alteration', 'fresh', 'serpentinised'),
  ]),
  image: {
    height: 32,
    width: 32,
    channels: 3,
    noise: 0.03,
    paint: ([, zoning = 0, alteration = 0], random) => {
      const [cx, cy] = [15.5 + random.normal(), 15.5 + random.normal()]
      const turn = 2 * Math.PI * random.uniform()
      const facets = Array.from({ length: 6 }, (_, k) => {
        const angle = turn + (Math.PI / 3) * k + 0.08 * random.normal()
        const away = (k % 3 === 0 ? 12.5 : 9.5) * (1 + 0.05 * random.normal())
        return { cos: Math.cos(angle), sin: Math.sin(angle), away }
      })
      // Retardation in nanometres: what the section and the turn of the stage make of it, and its rise towards the rim.
      const retardation = 720 + 45 * random.normal()
      const rise = 90 * (1 + zoning)
      const light = 0.85 * (1 + 0.06 * random.normal())
      const extinction = 0.8 + 0.2 * random.uniform()
      const tilt = 0.05 * random.normal()
      const veins = Array.from({ length: 4 }, () => {
        const angle = Math.PI * random.uniform()
        const off = 6 * (2 * random.uniform() - 1)
        return { cos: Math.cos(angle), sin: Math.sin(angle), off, bend: 0.6 * random.normal() }
      })
      const laths = Array.from({ length: 45 }, () => {
        const angle = Math.PI * random.uniform()
        const [x, y] = [32 * random.uniform(), 32 * random.uniform()]
        return { x, y, cos: Math.cos(angle), sin: Math.sin(angle), grey: 0.15 + 0.35 * random.uniform() }
      })
      const vein = 0.7 + 0.5 * alteration
      return (x, y, channel) => {
        const [u, v] = [x - cx, y - cy]
        const out = Math.max(...facets.map(({ cos, sin, away }) => (u * cos + v * sin) / away))
        const inside = sigmoid(20 * (1 - out))
        const colour = Math.sin((Math.PI * (retardation + rise * out * out)) / wavelengths[channel]!) ** 2
        const near = Math.min(
          ...veins.map(({ cos, sin, off, bend }) =>
            Math.abs(v * cos - u * sin - off - bend * Math.sin(0.5 * (u * cos + v * sin))),
          ),
        )
        const altered = Math.min(1, vein) * bump(near, 0.4 + 0.35 * vein)
        const serpentine = [0.2, 0.26, 0.22][channel]!
        const ground = laths.reduce((most, { x: lx, y: ly, cos, sin, grey }) => {
          if (Math.hypot(x - lx, y - ly) > 6) return most
          const [along, across] = [(x - lx) * cos + (y - ly) * sin, (y - ly) * cos - (x - lx) * sin]
          return Math.max(most, grey * bump(across, 0.6) * sigmoid(3 * (3 - Math.abs(along))))
        }, 0.06)
        const crystal = extinction * colour * (1 - altered) + serpentine * altered
        return light * (1 + (tilt * (x - 15.5)) / 16) * (inside * crystal + (1 - inside) * ground)
      }
    },
  },
  curve: {
    valueLabel: 'counts',
    gridLabel: '1/cm',
    from: 600,
    to: 1080,
    points: 120,
    noise: 0.02,
    trace: ([composition = 0, , alteration = 0], random) => {
      const laser = Math.exp(0.2 * random.normal())
      const fluorescence = 0.8 * Math.exp(0.4 * random.normal())
      const [slope, bend] = [0.3 * random.normal(), 0.12 * random.normal()]
      const calibration = 0.6 * random.normal()
      // How the two stretches share the light depends on the cut.
      const share = 0.8 * Math.exp(0.15 * random.normal())
      const upper = 847 - 8 * composition + calibration
      const lower = 819.5 - 4.5 * composition + calibration
      const ray =
        random.uniform() < 0.3 ? { at: 600 + 480 * random.uniform(), by: 0.5 + random.uniform() } : { at: 0, by: 0 }
      return (shift) => {
        const u = (shift - 840) / 240
        const stretches = share * bump(shift - lower, 7) + bump(shift - upper, 7) + 0.15 * bump(shift - upper - 105, 9)
        const serpentine = 0.2 * (1 + alteration) * bump(shift - 690 - calibration, 9)
        const spike = Math.abs(shift - ray.at) < 2.02 ? ray.by : 0
        return fluorescence * (1 + slope * u + bend * u * u) + laser * 0.8 * (stretches + serpentine) + spike
      }
    },
  },
})
