/** Three continuous causes of Student's t with two degrees of freedom: far samples look like clusters of their own. */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { continuousFamily } from '../families/family.ts'

/** N(0, 1) / sqrt(chi^2_2 / 2), and a chi^2 of two degrees is -2 ln U. */
function studentOfTwo(random: RandomStream): number {
  const normal = random.normal()
  return normal / Math.sqrt(-Math.log((random.uint32() + 1) / 2 ** 32) + 1e-9)
}

export const heavyTails = continuousFamily('heavy-tails', {
  description: 'no category: eight sensors and a curve of heavy-tailed causes',
  samples: 1200,
  causes: ['first', 'second', 'third'],
  draw: (random) => [studentOfTwo(random), studentOfTwo(random), studentOfTwo(random)],
  vector: {
    columns: ['calcium', 'iron', 'magnesium', 'silicon', 'sodium', 'zinc', 'copper', 'nickel'],
    noise: 0.3,
    measure: ([first = 0, second = 0]) =>
      Array.from({ length: 8 }, (_, s) => first * Math.cos(0.7 * s) + second * Math.sin(1.1 * s)),
  },
  curve: {
    valueLabel: 'signal',
    gridLabel: 'time',
    from: 0,
    to: 4,
    points: 32,
    noise: 0.1,
    trace:
      ([, second = 0, third = 0]) =>
      (t) =>
        third * Math.exp(-t) + 0.3 * second * t,
  },
})
