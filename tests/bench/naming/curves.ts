/** Instruments that record one curve. */
import { bump, grid, type Instrument, type Levels, sigmoid, uniform } from './instrument.ts'

type Trace = (levels: Levels) => (x: number) => number

/** A curve with an offset and a gain that vary a little from sample to sample. */
function curve(
  name: string,
  [from, to, points]: readonly [number, number, number],
  draw: (size: (low: number, high: number) => number) => Trace,
): Instrument {
  return {
    name,
    draw: (parameters) => {
      const trace = draw((low, high) => uniform(parameters, low, high))
      const xs = grid(from, to, points)
      return (levels, random) => {
        const [gain, offset] = [1 + 0.03 * random.normal(), 0.02 * random.normal()]
        return [xs.map((x) => gain * trace(levels)(x) + offset)]
      }
    },
  }
}

export const curves: readonly Instrument[] = [
  curve('one peak', [0, 1, 64], (u) => {
    const [shift, height, width] = [u(0.04, 0.15), u(0.15, 0.4), u(0.15, 0.4)]
    return ([a, b, c]) =>
      (x) =>
        (1 + height * b) * bump(x - 0.5 - shift * a, 0.08 * (1 + width * c))
  }),
  curve('separate peaks', [0, 1, 80], (u) => {
    const [p, q, r] = [u(0.15, 0.5), u(0.15, 0.5), u(0.15, 0.5)]
    return ([a, b, c]) =>
      (x) =>
        (1 + p * a) * bump(x - 0.2, 0.04) + (1 + q * b) * bump(x - 0.5, 0.05) + (1 + r * c) * bump(x - 0.8, 0.04)
  }),
  curve('overlapping peaks', [0, 1, 80], (u) => {
    const [p, q, r, width] = [u(0.15, 0.5), u(0.15, 0.5), u(0.15, 0.5), u(0.1, 0.18)]
    return ([a, b, c]) =>
      (x) =>
        (1 + p * a) * bump(x - 0.35, width) + (1 + q * b) * bump(x - 0.5, width) + (1 + r * c) * bump(x - 0.65, width)
  }),
  curve('spectrum on a baseline', [0, 1, 100], (u) => {
    const [tilt, shift, ratio] = [u(0.1, 0.4), u(0.01, 0.05), u(0.1, 0.4)]
    return ([a, b, c]) =>
      (x) =>
        0.3 +
        tilt * a * (x - 0.5) +
        (1 - ratio * c) * bump(x - 0.35 - shift * b, 0.05) +
        (1 + ratio * c) * bump(x - 0.7, 0.05)
  }),
  curve('split peak', [0, 1, 90], (u) => {
    const [split, ratio, width] = [u(0.02, 0.06), u(0.1, 0.4), u(0.1, 0.35)]
    return ([a, b, c]) => {
      const w = 0.06 * (1 + width * c)
      const half = 0.12 + split * a
      return (x) => (1 - ratio * b) * bump(x - 0.5 + half, w) + (1 + ratio * b) * bump(x - 0.5 - half, w)
    }
  }),
  curve('stress and strain', [0, 1, 50], (u) => {
    const [stiff, strain, slope] = [u(0.1, 0.3), u(0.1, 0.35), u(0.3, 0.8)]
    return ([a, b, c]) => {
      const k = 3 * (1 + stiff * a)
      const yieldAt = 0.3 * (1 + strain * b)
      return (x) => (x < yieldAt ? k * x : k * yieldAt + 0.5 * (1 + slope * c) * (x - yieldAt))
    }
  }),
  curve('decay', [0, 5, 50], (u) => {
    const [height, rate, rest] = [u(0.1, 0.35), u(0.2, 0.7), u(0.05, 0.3)]
    return ([a, b, c]) =>
      (t) =>
        (1 + height * a) * Math.exp(-Math.exp(rate * b) * t) + 0.4 + rest * c
  }),
  curve('double decay', [0, 6, 60], (u) => {
    const [share, fast, slow] = [u(0.1, 0.3), u(0.2, 0.6), u(0.2, 0.6)]
    return ([a, b, c]) =>
      (t) =>
        (0.5 + share * a) * Math.exp(-3 * Math.exp(fast * b) * t) +
        (0.5 - share * a) * Math.exp(-0.4 * Math.exp(slow * c) * t)
  }),
  curve('damped oscillation', [0, 3, 60], (u) => {
    const [frequency, damping, height] = [u(0.04, 0.2), u(0.2, 0.6), u(0.1, 0.35)]
    return ([a, b, c]) =>
      (t) =>
        (1 + height * c) * Math.exp(-0.6 * Math.exp(damping * b) * t) * Math.cos(2 * Math.PI * (1 + frequency * a) * t)
  }),
  curve('dose and response', [-3, 3, 24], (u) => {
    const [potency, efficacy, steep] = [u(0.5, 1.4), u(0.1, 0.35), u(0.2, 0.6)]
    return ([a, b, c]) =>
      (x) =>
        (0.9 + efficacy * b) * sigmoid(2 * Math.exp(steep * c) * (x + potency * a))
  }),
  curve('dose and response with a floor', [-3, 3, 24], (u) => {
    const [potency, efficacy, floor] = [u(0.4, 1.2), u(0.1, 0.35), u(0.03, 0.15)]
    return ([a, b, c]) =>
      (x) =>
        0.2 + floor * c + (0.7 + efficacy * b) * sigmoid(2.2 * (x + potency * a))
  }),
  curve('diode', [0, 1, 50], (u) => {
    const [on, conductance, leak] = [u(0.04, 0.12), u(0.1, 0.35), u(0.02, 0.1)]
    return ([a, b, c]) =>
      (v) =>
        0.2 * (1 + conductance * b) * Math.log1p(Math.exp((v - 0.5 - on * a) / 0.05)) + (0.1 + leak * c) * v
  }),
  curve('load and unload', [0, 2, 60], (u) => {
    const [stiff, rest, bend] = [u(0.1, 0.35), u(0.05, 0.15), u(0.1, 0.3)]
    return ([a, b, c]) => {
      const k = 1 + stiff * a
      const left = 0.3 + rest * b
      const power = 1.5 * (1 + bend * c)
      return (s) => (s <= 1 ? k * s ** power : k * Math.max(0, (2 - s - left) / (1 - left)) ** 1.6)
    }
  }),
  curve('growth', [0, 24, 49], (u) => {
    const [lag, rate, capacity] = [u(1, 4), u(0.15, 0.5), u(0.1, 0.35)]
    return ([a, b, c]) =>
      (t) =>
        0.05 + (1 + capacity * c) * sigmoid(0.7 * Math.exp(rate * b) * (t - 11 - lag * a))
  }),
  curve('chromatogram', [0, 1, 90], (u) => {
    const [retention, tail, second] = [u(0.02, 0.06), u(0.2, 0.6), u(0.1, 0.4)]
    return ([a, b, c]) =>
      (t) => {
        const past = t - 0.3 - retention * a
        const tailing = 0.05 * Math.exp(tail * b)
        return (past < 0 ? bump(past, 0.03) : Math.exp(-past / tailing)) + (0.5 + second * c) * bump(t - 0.75, 0.05)
      }
  }),
  curve('enzyme', [0, 10, 30], (u) => {
    const [speed, affinity, inhibition] = [u(0.1, 0.3), u(0.3, 0.7), u(0.3, 0.8)]
    return ([a, b, c]) =>
      (s) =>
        ((1 + speed * a) * s) / (1.5 * Math.exp(affinity * b) + s + (s * s) / (20 * Math.exp(-inhibition * c)))
  }),
  curve('relaxation', [0, 20, 40], (u) => {
    const [power, height, rest] = [u(0.2, 0.5), u(0.1, 0.3), u(0.05, 0.15)]
    return ([a, b, c]) =>
      (t) =>
        0.3 + rest * c + (1 + height * b) * (1 + t) ** (-0.6 * Math.exp(power * a))
  }),
  curve('absorption edge', [0, 1, 80], (u) => {
    const [edge, line, wave] = [u(0.03, 0.1), u(0.1, 0.3), u(0.5, 1.5)]
    return ([a, b, c]) =>
      (e) => {
        const past = e - 0.4 - edge * a
        return (
          0.5 +
          Math.atan(past / 0.03) / Math.PI +
          (0.4 + line * b) * bump(past - 0.06, 0.04) +
          0.15 * Math.sin(2 * Math.PI * (4 + wave * c) * Math.max(0, past))
        )
      }
  }),
  curve('heartbeat', [0, 1, 100], (u) => {
    const [p, t, wide] = [u(0.05, 0.12), u(0.1, 0.25), u(0.1, 0.4)]
    return ([a, b, c]) =>
      (x) =>
        (0.15 + p * a) * bump(x - 0.2, 0.03) +
        bump(x - 0.4, 0.02 * (1 + wide * c)) +
        (0.35 + t * b) * bump(x - 0.7, 0.06)
  }),
  curve('calorimetry', [0, 1, 80], (u) => {
    const [glass, melt, heat] = [u(0.03, 0.1), u(0.02, 0.07), u(0.15, 0.4)]
    return ([a, b, c]) =>
      (x) =>
        0.3 * sigmoid((x - 0.3 - glass * a) / 0.02) + (1 + heat * c) * bump(x - 0.7 - melt * b, 0.05)
  }),
]
