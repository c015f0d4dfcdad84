/** Places on a spiral, seen through eight sensors, beside a line whose slope is the place: one continuum, no category. */
import { continuousFamily } from '../families/family.ts'

export const spiralLine = continuousFamily('spiral-line', {
  description: 'no category: a place on a spiral seen by eight sensors beside a line whose slope follows it',
  samples: 1200,
  causes: ['place'],
  draw: (random) => [random.uniform()],
  vector: {
    columns: ['north', 'east', 'south', 'west', 'top', 'bottom', 'inner', 'outer'],
    noise: 0.05,
    measure: ([place = 0]) => {
      const turn = 3 * Math.PI * place
      const radius = 0.4 + place
      return Array.from({ length: 8 }, (_, s) => radius * Math.cos(turn - (Math.PI * s) / 4) + 0.1 * s * radius)
    },
  },
  curve: {
    valueLabel: 'y',
    gridLabel: 'x',
    from: 0,
    to: 1,
    points: 20,
    noise: 0.05,
    trace:
      ([place = 0]) =>
      (x) =>
        (2 * place - 1) * x,
  },
})
