/** The label of each sample, as the column says it, and what is to be known of it. */
import { refused } from '../../../src-shared/errors.ts'
import type { Dataset, MetadataData } from '../../datasets/dataset.ts'

export interface Labels {
  readonly column: string
  /** Classes that samples have, in the order of the column. */
  readonly classes: readonly string[]
  /** [n], -1 where a sample has no label. */
  readonly values: Int32Array
  /** Samples of each class. */
  readonly counts: readonly number[]
  /** Samples without a label. */
  readonly missing: number
  readonly warnings: readonly string[]
  /** What makes a prediction of them worth less than it looks. */
  readonly cautions: readonly string[]
}

/** As people mean it: without case and without spaces. */
const plain = (label: string): string => label.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** Classes whose names differ in case or spaces alone, in groups. */
function alike(classes: readonly string[]): string[][] {
  const groups = new Map<string, string[]>()
  for (const name of classes) groups.set(plain(name), [...(groups.get(plain(name)) ?? []), name])
  return [...groups.values()].filter((names) => names.length > 1)
}

function columnOf({ metadata }: Dataset, name: string): MetadataData {
  const found = metadata.find(({ column }) => column.column === name)
  if (found?.column.kind === 'category') return found
  const usable = metadata.flatMap(({ column }) => (column.kind === 'category' ? [column.column] : []))
  throw refused(
    found === undefined
      ? `The data set has no label column "${name}".`
      : `The column "${name}" holds numbers; a label has classes.`,
    usable.length === 0 ? 'Import a column with classes.' : `Columns with classes: ${usable.join(', ')}.`,
    { field: 'label' },
  )
}

/**
 * Throws `refused` without such a column, for fewer than two classes and for a class of one sample.
 * @param takesPart whether a row can be learnt from
 */
export function labelsOf(dataset: Dataset, name: string, takesPart: (row: number) => boolean): Labels {
  const { column, values: codes } = columnOf(dataset, name)
  const names = column.categories ?? []
  const each = names.map((_, code) => codes.reduce((sum, one, row) => sum + Number(one === code && takesPart(row)), 0))
  const kept = names.flatMap((_, code) => (each[code]! > 0 ? [code] : []))
  const classes = kept.map((code) => names[code]!)
  const counts = kept.map((code) => each[code]!)
  if (classes.length < 2)
    throw refused(
      classes.length === 0
        ? `No sample has a label in the column "${name}".`
        : `Every labelled sample has the same label, "${classes[0]!}", in the column "${name}": there is nothing to tell apart.`,
      'Choose a column with two classes or more.',
      { field: 'label' },
    )
  const single = classes.filter((_, c) => counts[c] === 1)
  if (single.length > 0) {
    const told = single.slice(0, 5).map((one) => `"${one}"`)
    const more = single.length > 5 ? ` and ${single.length - 5} more` : ''
    throw refused(
      `In the column "${name}" ${told.join(', ')}${more} ${single.length === 1 ? 'has' : 'have'} one sample each: a class needs one to learn from and one to measure.`,
      'Add samples, join the class with another, or leave its label empty.',
      { field: 'label' },
    )
  }
  const missing = dataset.ids.reduce((sum, _, row) => sum + Number(takesPart(row) && !(codes[row]! >= 0)), 0)
  const values = Int32Array.from(codes, (code, row) => (takesPart(row) && code >= 0 ? kept.indexOf(code) : -1))
  return {
    column: name,
    classes,
    values,
    counts,
    missing,
    warnings: warningsOf(name, missing, dataset),
    cautions: cautionsOf(classes),
  }
}

function warningsOf(name: string, missing: number, { ids }: Dataset): string[] {
  return missing === 0
    ? []
    : [
        `${missing} of ${ids.length} samples ${missing === 1 ? 'has' : 'have'} no label in "${name}": nothing was learnt from or measured on ${missing === 1 ? 'it' : 'them'}; a label was predicted for ${missing === 1 ? 'it' : 'each'}.`,
      ]
}

function cautionsOf(classes: readonly string[]): string[] {
  return alike(classes).map(
    (names) =>
      `The labels ${names.map((one) => `"${one}"`).join(' and ')} differ in case or spaces alone. They were taken as different classes; if they are one, write them alike and import again.`,
  )
}
