/**
 * components.csv: one row a sample with its value on every component, as all its modalities tell it and as each tells it
 * alone, and on what varies in one modality only; how firmly each component may be stated, the same in every row; then the metadata that came with the data.
 */
import { matrixOf } from '../../src-shared/domain/result.ts'
import { tableCsv } from './clusters-csv.ts'
import { type CheckedRun, couplingOf } from './finished-run.ts'
import { type Column, metadataColumn, standingColumn, withOwnNames } from './sample-table.ts'

type Named = readonly { readonly name: string }[]

export function componentsCsv(run: CheckedRun): Generator<string> {
  const { arrays, dataset } = run
  const { components, modalities, values, replicates, privates } = couplingOf(run)
  const columnsOf = (array: string, titled: (component: string) => string, of: Named = components): Column[] => {
    const { values: numbers, columns } = matrixOf(arrays, array)
    return of.map(({ name }, c) => ({
      ...{ name: titled(name), kind: 'float32' },
      value: (row) => numbers[row * columns + c] ?? NaN,
    }))
  }
  const own: Column[] = [
    { name: 'id', kind: 'text', value: (row) => arrays.ids[row] ?? null },
    ...columnsOf(values, (name) => name),
    ...modalities.flatMap((modality) => columnsOf(modality.values, (name) => `${name} of ${modality.name}`)),
    ...privates.flatMap((own) => columnsOf(own.values, (name) => name, own.components)),
    ...[...components, ...privates.flatMap((own) => own.components)].flatMap(
      ({ name, standing, replicability }): Column[] => [
        standingColumn(name, standing),
        ...(replicates === 0
          ? []
          : [{ name: `${name} replicability`, kind: 'float64', value: () => replicability?.mean ?? NaN } as const]),
      ],
    ),
  ]
  const taken = new Set<string>()
  const withNames = withOwnNames(own, taken, 'component')
  const metadata = withOwnNames(dataset.metadata.map(metadataColumn), taken, 'metadata')
  return tableCsv([...withNames, ...metadata], arrays.ids.length)
}
