/** A representation held against the known causes of a label: what it depends on, and what of that goes beyond the true one. */
import type { KnownCauses, Truth } from '../datasets/truth.ts'
import { distanceCorrelation, partialOf } from './distance-correlation.ts'
import { spread } from './spread.ts'

type Rows = readonly ArrayLike<number>[]

export interface CauseDependence {
  readonly name: string
  /** Distance correlation of the representation with the cause (Szekely, Rizzo & Bakirov 2007), biased upwards. */
  readonly dCor: number
  /** Bias-corrected square (Szekely & Rizzo 2014), may be negative. */
  readonly dCorUnbiasedSquared: number | null
  /** Partial distance correlation given the sufficient and necessary cause, on the scale of the square; null for that cause. */
  readonly partial: number | null
  /** The two figures of a representation that is the sufficient and necessary cause and nothing else. */
  readonly ceiling: number
  readonly ceilingUnbiasedSquared: number | null
}

export interface CauseEvaluation {
  readonly given: string
  /**
   * Which samples: of a run that learns a label those it kept from learning; else those that the truth sets apart for
   * testing; all where there are not ten of these.
   */
  readonly rows: 'kept' | 'test' | 'all'
  readonly samples: number
  readonly list: readonly CauseDependence[]
}

/** Most samples for a measure of quadratic cost. */
const mostSamples = 1000
const fewestTests = 10

/**
 * @param code representation of each sample, [n][d]
 * @param ids ids of the samples, [n]
 * @param kept whether nothing was learnt from the sample's label; null where no label was learnt from
 * @returns null where the truth names no causes, or has not four samples with all of them
 */
export function evaluateCauses(
  code: Rows,
  ids: readonly string[],
  truth: Truth,
  kept: ((at: number) => boolean) | null = null,
): CauseEvaluation | null {
  const { causes } = truth
  if (causes === null) return null
  const valued = ids.flatMap((id, at) => {
    const values = valuesOf(truth, causes, id)
    return values === null ? [] : [{ id, code: code[at]!, values, kept: kept?.(at) }]
  })
  const test = new Set(causes.test)
  // A truth's test samples are none to a run that chose its own: it may have learnt their labels by heart.
  const tested = valued.filter((sample) => sample.kept ?? test.has(sample.id))
  const rows = tested.length < fewestTests ? 'all' : kept === null ? 'test' : 'kept'
  const chosen = spread(rows === 'all' ? valued : tested, mostSamples)
  if (chosen.length < 4) return null
  const representation = chosen.map((sample) => sample.code)
  const cause = (at: number): Rows => chosen.map(({ values }) => values[at]!)
  const given = cause(causes.list.findIndex(({ name }) => name === causes.given))
  const withGiven = distanceCorrelation(representation, given).dCorUnbiasedSquared
  return {
    given: causes.given,
    rows,
    samples: chosen.length,
    list: causes.list.map(({ name }, at) => {
      const own = cause(at)
      const { dCor, dCorUnbiasedSquared } = distanceCorrelation(representation, own)
      const ceiling = distanceCorrelation(given, own)
      return {
        name,
        dCor,
        dCorUnbiasedSquared,
        partial: name === causes.given ? null : partialOf(dCorUnbiasedSquared, withGiven, ceiling.dCorUnbiasedSquared),
        ceiling: ceiling.dCor,
        ceilingUnbiasedSquared: ceiling.dCorUnbiasedSquared,
      }
    }),
  }
}

/** Values of each cause of one sample; a node of three or more categories counts by which it is. Null where one is missing. */
function valuesOf({ nodes, factors, latents, latentNames }: Truth, { list }: KnownCauses, id: string) {
  const codes = factors.get(id)
  const continuous = latents.get(id)
  const values = list.map(({ of }) =>
    of.flatMap((part): (number | undefined)[] => {
      const node = nodes.findIndex(({ name }) => name === part)
      if (node < 0) return [continuous?.[latentNames.indexOf(part)]]
      const { categories } = nodes[node]!
      const code = codes?.[node]
      return code === undefined || categories.length < 3 ? [code] : categories.map((_, k) => Number(k === code))
    }),
  )
  const known = values.map((parts) => parts.filter((value) => value !== undefined))
  return known.every((parts, at) => parts.length === values[at]!.length) ? known : null
}
