/**
 * predictions.csv: one row a sample with the label that it came with, the one that is told, how likely each is, how far the
 * sample is from another label, and what it was used for; then the other metadata that came with the data.
 */
import { matrixOf } from '../../src-shared/domain/result.ts'
import { likeliest } from '../statistics/likeliest.ts'
import { tableCsv } from './clusters-csv.ts'
import { type CheckedRun, predictionOf } from './finished-run.ts'
import { type Column, metadataColumn, withOwnNames } from './sample-table.ts'

const parts = ['learnt from', 'chose the epoch', 'measured'] as const

export function predictionsCsv(run: CheckedRun): Generator<string> {
  const { arrays, dataset } = run
  const { label, classes, probabilities, fragility, part } = predictionOf(run)
  const { values, columns } = matrixOf(arrays, probabilities)
  const told = likeliest(values, columns)
  const distance = matrixOf(arrays, fragility).values
  const used = matrixOf(arrays, part).values
  const known = dataset.metadata.find(({ column }) => column.column === label)
  const own: Column[] = [
    { name: 'id', kind: 'text', value: (row) => arrays.ids[row] ?? null },
    ...(known === undefined ? [] : [{ ...metadataColumn(known), name: 'label' }]),
    {
      name: 'predicted',
      kind: 'text',
      // A sample without any of the modalities has nothing to be told from.
      value: (row) => (Number.isNaN(values[row * columns]!) ? null : classes[told[row]!]!),
    },
    ...classes.map((name, c): Column => ({
      ...{ name: `p(${name})`, kind: 'float32' },
      value: (row) => values[row * columns + c] ?? NaN,
    })),
    { name: 'fragility', kind: 'float32', value: (row) => distance[row] ?? NaN },
    { name: 'use', kind: 'text', value: (row) => parts[used[row]!] ?? null },
  ]
  const taken = new Set(own.map(({ name }) => name))
  const others = dataset.metadata.filter(({ column }) => column.column !== label)
  return tableCsv([...own, ...withOwnNames(others.map(metadataColumn), taken, 'metadata')], arrays.ids.length)
}
