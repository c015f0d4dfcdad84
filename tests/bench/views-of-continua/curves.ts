/** Curves in which nothing falls into clusters. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { poisson } from './poisson.ts'

/** The value at a place from 0 to 1 of one curve, drawn anew for each. */
export type CurveMaker = (random: RandomStream) => (t: number) => number

export const ofCurves: Readonly<Record<string, CurveMaker>> = {
  'oscillations of any pitch': (random) => {
    const [pitch, phase] = [4 + 10 * random.uniform(), 2 * Math.PI * random.uniform()]
    return (t) => Math.sin(2 * Math.PI * pitch * t + phase)
  },
  'oscillations that die away at any pace': (random) => {
    const [decay, phase] = [6 * random.uniform(), 2 * Math.PI * random.uniform()]
    return (t) => Math.exp(-decay * t) * Math.sin(16 * Math.PI * t + phase)
  },
  'a peak of any place and width': (random) => {
    const [place, width] = [random.uniform(), 0.02 + 0.1 * random.uniform()]
    return (t) => Math.exp(-(((t - place) / width) ** 2))
  },
  'a rise of any height, steepness and place': (random) => {
    const [height, steepness, place] = [1 + 0.3 * random.normal(), 5 + 20 * random.uniform(), random.uniform()]
    return (t) => height / (1 + Math.exp(-steepness * (t - place)))
  },
  'jerks of any strength on a run-in of any length': (random) => {
    const [strength, start, length] = [0.02 + 0.2 * random.uniform(), random.uniform(), 0.05 + 0.4 * random.uniform()]
    return (t) => Math.exp(-t / length) + strength * (((16 * t + start) % 1) - 0.5)
  },
  'steps of any height at any time': (random) => {
    const [first, second] = [random.uniform(), random.uniform()]
    const [up, down] = [random.uniform(), random.uniform()]
    return (t) => (t > first ? up : 0) - (t > second ? down : 0)
  },
  'beats of any pace with a dip of any depth after them': (random) => {
    const [pace, start, depth] = [4 + 2 * random.uniform(), random.uniform(), 0.4 * random.uniform()]
    return (t) => {
      const at = (pace * t + start) % 1
      return Math.exp(-(((at - 0.3) / 0.05) ** 2)) - depth * Math.exp(-(((at - 0.55) / 0.1) ** 2))
    }
  },
  'random walks': (random) => {
    let at = 0
    return () => (at += random.normal())
  },
  'noise of any strength': (random) => {
    const strength = Math.exp(random.normal())
    return () => strength * random.normal()
  },
  'lines of any slope and offset': (random) => {
    const [slope, offset] = [random.normal(), 0.5 * random.normal()]
    return (t) => slope * t + offset
  },
  'square waves of any pitch': (random) => {
    const [pitch, start] = [4 + 6 * random.uniform(), random.uniform()]
    return (t) => ((pitch * t + start) % 1 < 0.5 ? 1 : 0)
  },
  'oscillations of any strength, cut off where they are too strong': (random) => {
    const [strength, phase] = [Math.exp(0.6 * random.normal()), 2 * Math.PI * random.uniform()]
    return (t) => Math.max(-1, Math.min(1, strength * Math.sin(12 * Math.PI * t + phase)))
  },
  'a rise from any onset on': (random) => {
    const [onset, slope] = [0.5 + 0.2 * random.normal(), Math.exp(0.3 * random.normal())]
    return (t) => slope * Math.max(0, t - onset)
  },
  'counts of a peak of any place and height': (random) => {
    const [place, height] = [0.5 + 0.15 * random.normal(), 8 * Math.exp(0.4 * random.normal())]
    return (t) => 0.1 * poisson(0.5 + height * Math.exp(-(((t - place) / 0.06) ** 2)), random)
  },
  'slopes in sixteen steps': (random) => {
    const slope = random.normal()
    return (t) => Math.round(4 * slope * t) / 4
  },
  'lines of a spectrum, as many and as strong as may be': (random) => {
    const lines = Array.from({ length: 2 + Math.floor(6 * random.uniform()) }, () => ({
      place: random.uniform(),
      height: random.uniform(),
    }))
    return (t) => lines.reduce((sum, { place, height }) => sum + (Math.abs(t - place) < 0.006 ? height : 0), 0)
  },
  'a sweep from any pitch to any other': (random) => {
    const [from, to, phase] = [2 + 6 * random.uniform(), 6 + 10 * random.uniform(), 2 * Math.PI * random.uniform()]
    return (t) => Math.sin(2 * Math.PI * (from * t + ((to - from) * t * t) / 2) + phase)
  },
  'decays of any rate onto any floor': (random) => {
    const [rate, floor] = [Math.exp(1 + 0.5 * random.normal()), 0.2 * random.normal()]
    return (t) => floor + Math.exp(-rate * t)
  },
}
