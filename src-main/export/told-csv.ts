/** New samples with the label that is told of each, how likely each class is, how fragile it is and how unlike the training set. */
import type { ToldSamples } from '../models/told-samples.ts'
import { likeliest } from '../statistics/likeliest.ts'
import { tableCsv } from './clusters-csv.ts'
import type { Column } from './sample-table.ts'

export function toldCsv({ ids, classes, probabilities, fragility, unlike }: ToldSamples): Generator<string> {
  const told = likeliest(probabilities, classes.length)
  const columns: Column[] = [
    { name: 'id', kind: 'text', value: (row) => ids[row] ?? null },
    {
      name: 'predicted',
      kind: 'text',
      value: (row) => (Number.isNaN(probabilities[row * classes.length]!) ? null : classes[told[row]!]!),
    },
    ...classes.map((name, c): Column => ({
      ...{ name: `p(${name})`, kind: 'float32' },
      value: (row) => probabilities[row * classes.length + c] ?? NaN,
    })),
    { name: 'fragility', kind: 'float32', value: (row) => fragility[row] ?? NaN },
    { name: 'unlike', kind: 'float32', value: (row) => unlike[row] ?? NaN },
  ]
  return tableCsv(columns, ids.length)
}
