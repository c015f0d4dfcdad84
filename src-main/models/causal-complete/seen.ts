/** What is learnt on where a finished run stands before the measurements: its numbers of each modality, and of all together. */
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { splitPart } from '../../../src-shared/methods/causal-complete/split-values.ts'
import type { Dataset, ModalityData } from '../../datasets/dataset.ts'
import type { OpenFeatures } from '../features.ts'
import type { Labels } from './labels.ts'
import type { Part, Split } from './split.ts'

export interface Seen {
  /** A modality each, with what samples have of it. */
  readonly views: readonly ModalityData[]
  /** Of all that a sample has; null where the measurements themselves are learnt on. */
  readonly fused: ModalityData | null
}

export function codedViews(
  views: readonly ModalityData[],
  { run, reader: { width }, samples: { each, fused } }: OpenFeatures,
): Seen {
  const vector = (name: string, present: Uint8Array): Modality => ({
    ...{ name, kind: 'vector', shape: [width], scaling: { offset: [0], scale: [1] }, source: `run ${run}` },
    present: present.reduce((sum, bit) => sum + bit, 0),
  })
  const any = views[0]!.present.map((_, row) => Number(views.some(({ present }) => present[row] === 1)))
  return {
    views: views.map(({ modality, present }, m) => ({
      modality: vector(modality.name, present),
      data: each[m]!,
      present,
    })),
    fused: { modality: vector('all', any), data: fused, present: any },
  }
}

/**
 * Where rows have to go, null where that is open: as the column says; else samples that the finished run kept aside are
 * measured on, and no others.
 */
export function fixedParts(
  { ids, metadata }: Dataset,
  split: string,
  features: OpenFeatures | null,
): readonly (Part | null)[] | null {
  const said = metadata.find(({ column }) => column.column === split)
  if (split !== '' && said !== undefined) {
    const parts = (said.column.categories ?? []).map(splitPart)
    return ids.map((_, row) => parts[said.values[row]!] ?? null)
  }
  if (features === null || features.reader.heldOut.length === 0) return null
  const kept = new Set(features.reader.heldOut)
  return ids.map((_, row) => (kept.has(row) ? 'test' : null))
}

export function featureCautions({
  source,
  labels,
  split,
}: {
  readonly source: OpenFeatures | null
  readonly labels: Labels
  readonly split: Split
}): string[] {
  if (source === null) return []
  const { run, reader } = source
  const kept = new Set(reader.heldOut)
  const known = split.test.filter((row) => !kept.has(row)).length
  return [
    ...(reader.columns.includes(labels.column)
      ? [
          `Run ${run}, which is learnt on, was taught by "${labels.column}" itself: how well it is told from there says little.`,
        ]
      : []),
    ...(known > 0
      ? [
          `Run ${run} has learnt from the measurements, though not from the labels, of ${known} of the ${split.test.length} samples that are measured here.`,
        ]
      : []),
  ]
}
