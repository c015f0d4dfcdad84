/** One normally distributed cluster in a table and in a curve, with the same cause of second order in both. */
import { continuousFamily } from '../families/family.ts'

export const oneCluster = continuousFamily('one-cluster', {
  description: 'no category: one normally distributed cluster, seen by a table and by a curve',
  samples: 1200,
  causes: ['first', 'second', 'third', 'fourth'],
  draw: (random) => [random.normal(), random.normal(), random.normal(), random.normal()],
  vector: {
    columns: ['length', 'width', 'height', 'mass', 'hardness', 'density'],
    noise: 0.3,
    measure: ([first = 0, second = 0, third = 0]) => [
      10 + first,
      5 + 0.5 * first + 0.5 * second,
      3 + 0.8 * second,
      20 + first + second,
      7 + third,
      2 + 0.3 * third - 0.3 * first,
    ],
  },
  curve: {
    valueLabel: 'force',
    gridLabel: 'path',
    from: 0,
    to: 1,
    points: 40,
    noise: 0.1,
    trace:
      ([first = 0, , , fourth = 0]) =>
      (x) =>
        (2 + 0.4 * first) * x + 0.5 * fourth * Math.sin(2 * Math.PI * x),
  },
})
