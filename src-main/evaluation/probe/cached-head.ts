/**
 * Few-shot head that keeps its labelled rows (Zhang et al. 2022, Tip-Adapter): a row's logits from class vectors, and votes of
 * the kept rows by their affinity to it. Profile `released` scales the affinities of unmixed features to [0, 1] and adds the
 * two terms of the authors' code, in which class vectors and kept rows adapt each other.
 */
import { product, productWithTranspose, transposeProduct } from '../../statistics/linear-algebra/products.ts'
import { realMatrix, type RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { bestClasses } from '../../statistics/regression/logistic-regression.ts'
import { accuracyOf, type Labelled, type ProbeProfile } from './penalty-search.ts'

export interface CachedHeadWeights {
  /** Of the kept rows' votes. */
  readonly alpha: number
  /** How fast a vote falls with distance. */
  readonly beta: number
  /** Of the class vectors' adaptation to the kept rows: gamma keys' softmax(keys W). 0 in profile `paper`. */
  readonly gamma: number
  /** Of the row's adaptation to the class vectors: eta softmax(x W) W' W. 0 in profile `paper`. */
  readonly eta: number
}

/** CLIP's scale of logits, with which Tip-Adapter weighs them against the votes. */
const logitScale = 100
const usual: CachedHeadWeights = { alpha: 1, beta: 1, gamma: 1e-6, eta: 0.1 }
const searched = {
  alpha: [0.1, 0.3, 1, 3, 10, 30, 100],
  beta: [0.3, 1, 3, 5.5, 10, 20],
  gamma: [0, 1e-6, 1e-4, 1e-2, 1],
  eta: [0, 0.1, 1, 10],
} as const

/** Features of some rows: those that class vectors speak of, and those whose affinities are taken. */
export interface HeadRows {
  readonly features: RealMatrix
  readonly unmixed: RealMatrix
}

export interface CachedHead {
  readonly classes: number
  /** Unit class vectors, [classes, d] */
  readonly vectors: RealMatrix
  readonly keys: HeadRows
  /** [kept rows, classes] */
  readonly votes: RealMatrix
  readonly profile: ProbeProfile
  /** Smallest and largest affinity between kept rows: what is scaled to [0, 1] in profile `released`. */
  readonly range: readonly [number, number]
}

/**
 * Class vectors are the mean directions of the kept rows of each class: measurements have no text encoder to name a class by.
 */
export function cachedHead(
  kept: HeadRows,
  labels: ArrayLike<number>,
  classes: number,
  profile: ProbeProfile,
): CachedHead {
  const keys = { features: unitRows(kept.features), unmixed: unitRows(kept.unmixed) }
  const votes = realMatrix(labels.length, classes)
  for (let i = 0; i < labels.length; i++) votes.values[i * classes + labels[i]!] = 1
  const vectors = unitRows(transposeProduct(votes, keys.features))
  const own = productWithTranspose(keys.unmixed, keys.unmixed).values
  const range = [
    own.reduce((a, b) => Math.min(a, b), Infinity),
    own.reduce((a, b) => Math.max(a, b), -Infinity),
  ] as const
  return { classes, vectors, keys, votes, profile, range }
}

/** The four terms for rows, each [n, classes], unweighted but for beta. */
export function cachedTerms(head: CachedHead, rows: HeadRows): (beta: number) => Terms {
  const x = unitRows(rows.features)
  const { vectors, keys, votes } = head
  const similarity = productWithTranspose(x, vectors)
  const adapted = transposeProduct(keys.features, softmaxRows(productWithTranspose(keys.features, vectors)))
  const affinity = productWithTranspose(unitRows(rows.unmixed), keys.unmixed).values
  const [low, high] = head.range
  const scaled =
    head.profile === 'released' && high > low ? affinity.map((value) => (value - low) / (high - low)) : affinity
  const gamma = product(x, adapted)
  const eta = product(softmaxRows(similarity), productWithTranspose(vectors, vectors))
  const logits = realMatrix(
    x.rows,
    head.classes,
    similarity.values.map((value) => logitScale * value),
  )
  return (beta) => {
    const weights = realMatrix(
      x.rows,
      votes.rows,
      scaled.map((value) => Math.exp(-beta * (1 - value))),
    )
    return { logits, votes: product(weights, votes), gamma, eta }
  }
}

export interface Terms {
  readonly logits: RealMatrix
  readonly votes: RealMatrix
  readonly gamma: RealMatrix
  readonly eta: RealMatrix
}

export function cachedLogits(terms: Terms, { alpha, gamma, eta }: CachedHeadWeights): RealMatrix {
  const { logits } = terms
  const values = logits.values.map(
    (value, at) =>
      value + alpha * terms.votes.values[at]! + gamma * terms.gamma.values[at]! + eta * terms.eta.values[at]!,
  )
  return realMatrix(logits.rows, logits.columns, values)
}

/** Weights that validation rows like best, alpha and beta first; of equals the first tried, the authors' own before all. */
export function searchWeights(head: CachedHead, validation: HeadRows & Pick<Labelled, 'labels'>): CachedHeadWeights {
  const termsAt = cachedTerms(head, validation)
  const start = head.profile === 'released' ? usual : { ...usual, gamma: 0, eta: 0 }
  let best = start
  let terms = termsAt(best.beta)
  const scoreOf = (weights: CachedHeadWeights, at: Terms): number =>
    accuracyOf(bestClasses(cachedLogits(at, weights)), validation.labels)
  let score = scoreOf(best, terms)
  const consider = (weights: CachedHeadWeights, at: Terms): void => {
    const found = scoreOf(weights, at)
    if (found > score) [best, score, terms] = [weights, found, at]
  }
  for (const beta of searched.beta) {
    const at = termsAt(beta)
    for (const alpha of searched.alpha) consider({ ...start, alpha, beta }, at)
  }
  if (head.profile === 'released')
    for (const eta of searched.eta) for (const gamma of searched.gamma) consider({ ...best, gamma, eta }, terms)
  return best
}

/** Rows of unit length; a row of zeros stays one. */
function unitRows({ rows, columns, values }: RealMatrix): RealMatrix {
  const out = values.slice()
  for (let i = 0; i < rows; i++) {
    const row = out.subarray(i * columns, (i + 1) * columns)
    const length = Math.sqrt(row.reduce((sum, value) => sum + value ** 2, 0))
    if (length > 0) for (let j = 0; j < columns; j++) row[j]! /= length
  }
  return realMatrix(rows, columns, out)
}

function softmaxRows({ rows, columns, values }: RealMatrix): RealMatrix {
  const out = new Float64Array(values.length)
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns)
    const highest = row.reduce((a, b) => Math.max(a, b), -Infinity)
    let sum = 0
    for (let j = 0; j < columns; j++) sum += out[i * columns + j] = Math.exp(row[j]! - highest)
    for (let j = 0; j < columns; j++) out[i * columns + j]! /= sum
  }
  return realMatrix(rows, columns, out)
}
