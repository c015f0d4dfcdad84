/** A battery electrode three ways: its coating, its voltammogram, its impedance; area, reference and light vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

/** Hertz, about a factor of four apart. */
const frequencies = [1, 4, 16, 63, 250, 1000, 4000, 16000] as const

export const coatingVoltammetryImpedance = family('coating-voltammetry-impedance', {
  description: 'a cracked coating (cracks) beside its voltammogram (kinetics) and impedance (kinetics, electrolyte)',
  samples: 1500,
  networks: threeNodes('fork', [
    binary('electrolyte', 'fresh', 'aged'),
    binary('cracks', 'sparse', 'dense'),
    binary('kinetics', 'fast', 'slow'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.04,
    paint: ([, cracks = 0], random) => {
      // Plates of mud around the points of a turned, jittered lattice.
      const step = 8 - 2 * cracks
      const angle = Math.PI * random.uniform()
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      const [left, top] = [random.uniform(), random.uniform()]
      const plates: { x: number; y: number }[] = []
      for (let i = -6; i <= 6; i++)
        for (let j = -6; j <= 6; j++) {
          const u = step * (i + left + 0.2 * random.normal())
          const v = step * (j + top + 0.2 * random.normal())
          const plate = { x: 13.5 + u * cos - v * sin, y: 13.5 + u * sin + v * cos }
          if (Math.max(Math.abs(plate.x - 13.5), Math.abs(plate.y - 13.5)) < 26) plates.push(plate)
        }
      const gap = 0.8 * (1 + 0.1 * random.normal())
      const depth = 0.4 * (1 + 0.1 * random.normal())
      const [grey, light] = [0.6 + 0.04 * random.normal(), 0.05 * random.normal()]
      return (x, y) => {
        let [nearest, next] = [Infinity, Infinity]
        for (const plate of plates) {
          const distance = Math.hypot(x - plate.x, y - plate.y)
          if (distance < nearest) [nearest, next] = [distance, nearest]
          else next = Math.min(next, distance)
        }
        return grey + (light * (y - 13.5)) / 14 - depth * bump(next - nearest, gap)
      }
    },
  },
  curve: {
    valueLabel: 'current',
    gridLabel: 'sweep',
    from: 0,
    to: 2,
    points: 96,
    noise: 0.02,
    // From -0.4 V up to 0.6 V at sweep 1, and back.
    trace: ([, , kinetics = 0], random) => {
      const middle = 0.1 + 0.012 * random.normal()
      const apart = 0.15 + 0.07 * kinetics
      const height = Math.exp(0.15 * random.normal())
      const [charging, leak] = [0.1 + 0.02 * random.normal(), 0.05 * random.normal()]
      return (s) => {
        const volts = s <= 1 ? -0.4 + s : 1.6 - s
        const rising = s <= 1 ? 1 : -1
        const from = volts - middle - (rising * apart) / 2
        // Beyond the peak the current is what diffuses to the electrode.
        const faradaic = 0.35 * sigmoid(from / 0.03) + (rising > 0 ? 1 : -0.9) * bump(from, 0.055)
        return rising * charging + leak * volts + height * faradaic
      }
    },
  },
  vector: {
    columns: [...frequencies.map((hz) => `Re ${hz} Hz`), ...frequencies.map((hz) => `-Im ${hz} Hz`)],
    noise: 0.2,
    measure: ([electrolyte = 0, , kinetics = 0], random) => {
      const area = Math.exp(0.08 * random.normal())
      const series = 6 * Math.exp(0.5 * electrolyte)
      const transfer = 40 * Math.exp(0.4 * kinetics + 0.1 * random.normal())
      const capacity = 2e-5 * Math.exp(0.25 * random.normal())
      const pairs = frequencies.map((hz) => {
        const turn = 2 * Math.PI * hz * capacity * transfer
        return {
          real: (series + transfer / (1 + turn * turn)) / area,
          imaginary: (transfer * turn) / (1 + turn * turn) / area,
        }
      })
      return [...pairs.map(({ real }) => real), ...pairs.map(({ imaginary }) => imaginary)]
    },
  },
})
