/** Tables in which nothing falls into clusters. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { poisson } from './poisson.ts'

/** Values at so many columns of one sample, drawn anew for each. */
export type VectorMaker = (columns: number, random: RandomStream) => (j: number) => number

export const ofVectors: Readonly<Record<string, VectorMaker>> = {
  'contents at any dilution': (_, random) => {
    const dilution = Math.exp(0.3 * random.normal())
    return (j) => (dilution * 2) / (j + 1)
  },
  'mixtures of three sources in any shares': (_, random) => {
    const shares = Array.from({ length: 3 }, () => -Math.log(1 - random.uniform()))
    const all = shares.reduce((sum, share) => sum + share, 0)
    return (j) => shares.reduce((sum, share, k) => sum + (share / all) * (1 + Math.cos((j + 1) * (k + 1))), 0)
  },
  'points on a ring': (_, random) => {
    const angle = 2 * Math.PI * random.uniform()
    return (j) => Math.cos(angle - j / 2)
  },
  'points on a spiral': (_, random) => {
    const angle = 3 * Math.PI * random.uniform()
    return (j) => 0.3 * angle * Math.cos(angle - j / 2)
  },
  'a box turned anyhow': (_, random) => {
    const edges = Array.from({ length: 4 }, () => random.uniform())
    return (j) => edges.reduce((sum, edge, k) => sum + edge * Math.sin((j + 1) * (k + 2)), 0)
  },
  'heavy tails': (_, random) => () => random.normal() / Math.sqrt(0.05 + random.uniform()),
  'contents below a limit of detection given as the limit': (_, random) => {
    const level = random.normal()
    return (j) => Math.max(0, 0.4 + level * Math.cos(j) + 0.5 * random.normal())
  },
  'answers from one to five': (_, random) => {
    const mood = random.normal()
    return () => Math.max(1, Math.min(5, Math.round(3 + 0.8 * mood + 0.7 * random.normal())))
  },
  'counts of any number of cells': (_, random) => {
    const cells = 4 * Math.exp(0.5 * random.normal())
    return (j) => poisson(cells / (1 + 0.3 * j), random)
  },
  'values that depend on one another': (_, random) => {
    const [a, b] = [random.normal(), random.normal()]
    return (j) => a * Math.cos(j) + b * Math.sin(2 * j) + 0.3 * random.normal()
  },
  'contents over powers of ten': (_, random) => {
    const level = random.normal()
    return (j) => Math.exp(1.2 * (level * Math.cos(j) + random.normal()))
  },
  'shares that sum to a hundred': (columns, random) => {
    const parts = Array.from({ length: columns }, (_, j) => Math.exp(random.normal() - 0.2 * j))
    const all = parts.reduce((sum, part) => sum + part, 0)
    return (j) => (100 * parts[j]!) / all
  },
}
