/** Whether a single value of a measurement tells every label: then it may have been made from the label. */
import { type ModalityData, sizeOf } from '../../datasets/dataset.ts'

/** Fewer samples than this are told apart by chance. */
const fewestSamples = 20
/** Of one value there have to be so many samples, on average, for it to be a code and not a measurement. */
const samplesAValue = 4

/** Names of the features that alone tell the label of every row; of vectors alone, whose values have names. */
export function leakingFeatures({ modality, data, present }: ModalityData, labels: Int32Array): string[] {
  if (modality.kind !== 'vector') return []
  const size = sizeOf(modality.shape)
  const rows = Array.from(labels.keys()).filter((row) => labels[row]! >= 0 && present[row] === 1)
  if (rows.length < fewestSamples) return []
  const classes = new Set(rows.map((row) => labels[row]!)).size
  return Array.from({ length: size }, (_, k) => k).flatMap((k) => {
    const values = rows.map((row) => ({ value: data[row * size + k]!, label: labels[row]! }))
    if (!isCode(values, rows.length) && !isOrdered(values, classes)) return []
    return [modality.features?.[k] ?? `value ${k + 1}`]
  })
}

type Labelled = readonly { readonly value: number; readonly label: number }[]

/** Few different values, each with one label. */
function isCode(values: Labelled, rows: number): boolean {
  const labelOf = new Map<number, number>()
  for (const { value, label } of values) {
    if ((labelOf.get(value) ?? label) !== label) return false
    labelOf.set(value, label)
    if (labelOf.size * samplesAValue > rows) return false
  }
  return true
}

/** Every class has a range of values of its own. */
function isOrdered(values: Labelled, classes: number): boolean {
  const sorted = [...values].sort((a, b) => a.value - b.value || a.label - b.label)
  const changes = sorted.slice(1).filter(({ label }, i) => label !== sorted[i]!.label)
  const ties = sorted.slice(1).some(({ value, label }, i) => value === sorted[i]!.value && label !== sorted[i]!.label)
  return !ties && changes.length === classes - 1
}
