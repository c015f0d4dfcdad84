/** How a prediction stands when measurements are noisy, partly blank or missing: any classifier, asked through one port. */
import type { ModalityData } from '../../datasets/dataset.ts'
import { type RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { classificationMeasures, type ClassificationMeasures } from '../classification/measures.ts'
import { appliesTo, type Corruption, corrupted, corruptionName, type CorruptionProfile } from './corruption.ts'

/** Probabilities [n, classes] of samples as these modalities show them; what a sample lacks is marked there. */
export type Predict = (views: readonly ModalityData[]) => Promise<RealMatrix> | RealMatrix

export interface LabelledViews {
  readonly views: readonly ModalityData[]
  /** Class of each sample, [n]; every sample has one. */
  readonly labels: ArrayLike<number>
}

export interface RobustnessPlan {
  readonly profile: CorruptionProfile
  readonly corruptions: readonly Corruption[]
  /** Draws of each corruption. */
  readonly seeds: readonly number[]
}

type Figures = Pick<ClassificationMeasures, 'accuracy' | 'balancedAccuracy' | 'macroF1'>

export interface RobustnessRow {
  readonly kind: 'clean' | 'corrupted' | 'modalities'
  /** What was done; empty where nothing was. */
  readonly corruption: string
  /** Modalities that were corrupted, or that were seen at all. */
  readonly modalities: readonly string[]
  /** Samples measured: of a subset those that have any of it. */
  readonly samples: number
  /** One a seed where there is a draw, else one. */
  readonly each: readonly Figures[]
  readonly mean: Figures
  /** The worst seed's accuracy. */
  readonly worst: number
}

/** The published protocol (Wang et al. section on noise): eps 5 and 10 beside clean, density .1, and 30 % blank. */
export function publishedPlan(profile: CorruptionProfile, seeds: readonly number[]): RobustnessPlan {
  const saltAndPepper = (eps: number): Corruption => ({ kind: 'salt-and-pepper', density: 0.1, eps })
  return {
    profile,
    seeds,
    corruptions: [
      { kind: 'gaussian', eps: 5 },
      { kind: 'gaussian', eps: 10 },
      // All images are meant in the paper, the code draws as many as the severity says.
      ...(profile === 'paper' ? [10] : [5, 10]).map(saltAndPepper),
      { kind: 'masked', share: 0.3 },
    ],
  }
}

/**
 * A row for the samples as they are; one for each corruption of all modalities and, where there are several, of each
 * alone; one for each non-empty subset of the modalities, 2^M - 1.
 */
export async function robustnessTable(
  predict: Predict,
  { views, labels }: LabelledViews,
  { profile, corruptions, seeds }: RobustnessPlan,
): Promise<RobustnessRow[]> {
  const measured = async (shown: readonly ModalityData[]): Promise<ClassificationMeasures> => {
    const kept = rowsWithAny(shown)
    const part = kept.length === labels.length ? shown : shown.map((view) => pick(view, kept))
    return classificationMeasures(
      await predict(part),
      Int32Array.from(kept, (row) => labels[row]!),
    )
  }
  const names = views.map(({ modality }) => modality.name)
  const rows = [rowOf('clean', '', names, [await measured(views)])]
  const targets = views.length === 1 ? [[0]] : [[...views.keys()], ...Array.from(views.keys(), (m) => [m])]
  for (const corruption of corruptions)
    for (const wanted of targets) {
      const target = wanted.filter((m) => appliesTo(corruption, views[m]!))
      // Where it applies to one of several, "all" would say the same again.
      if (target.length === 0 || (target.length < wanted.length && target.length === 1)) continue
      const each: ClassificationMeasures[] = []
      for (const seed of seeds)
        each.push(
          await measured(
            views.map((view, m) => (target.includes(m) ? corrupted(view, corruption, { profile, seed }) : view)),
          ),
        )
      const which = target.map((m) => names[m]!)
      rows.push(rowOf('corrupted', corruptionName(corruption), which, each))
    }
  for (const subset of subsets(views.length)) {
    const shown = views.map((view, m) => (subset.includes(m) ? view : hidden(view)))
    // A part that no sample has cannot be measured.
    if (rowsWithAny(shown).length > 0)
      rows.push(rowOf('modalities', '', subset.map((m) => names[m]!), [await measured(shown)])) // prettier-ignore
  }
  return rows
}

/** Every non-empty subset of 0 .. count - 1, the larger first. */
export function subsets(count: number): number[][] {
  const all = Array.from({ length: 2 ** count - 1 }, (_, bits) =>
    Array.from({ length: count }, (__, m) => m).filter((m) => ((bits + 1) >> m) & 1),
  )
  return all.sort((a, b) => b.length - a.length)
}

function rowOf(
  kind: RobustnessRow['kind'],
  corruption: string,
  modalities: readonly string[],
  all: readonly ClassificationMeasures[],
): RobustnessRow {
  const mean = (of: (figures: Figures) => number): number => all.reduce((sum, one) => sum + of(one), 0) / all.length
  return {
    ...{ kind, corruption, modalities, samples: all[0]!.samples },
    each: all.map(({ accuracy, balancedAccuracy, macroF1 }) => ({ accuracy, balancedAccuracy, macroF1 })),
    mean: {
      accuracy: mean((one) => one.accuracy),
      balancedAccuracy: mean((one) => one.balancedAccuracy),
      macroF1: mean((one) => one.macroF1),
    },
    worst: Math.min(...all.map(({ accuracy }) => accuracy)),
  }
}

function rowsWithAny(views: readonly ModalityData[]): Int32Array {
  const rows = Int32Array.from({ length: views[0]!.present.length }, (_, row) => row)
  return rows.filter((row) => views.some(({ present }) => present[row] === 1))
}

/** The modality as it is of samples that lack it. */
function hidden(view: ModalityData): ModalityData {
  return { ...view, data: new Float32Array(view.data.length), present: new Uint8Array(view.present.length) }
}

function pick({ modality, data, present }: ModalityData, rows: Int32Array): ModalityData {
  const size = data.length / present.length
  const picked = new Float32Array(rows.length * size)
  rows.forEach((row, at) => picked.set(data.subarray(row * size, (row + 1) * size), at * size))
  return { modality, data: picked, present: Uint8Array.from(rows, (row) => present[row]!) }
}
