/**
 * Reading the mixture from the latent means (causal-pima.md section 5, steps 2 and 3): fit components without any label,
 * then name each by the geometry of what it looks like and by the anchors known. Several readings are made; the caller
 * takes the cheapest.
 */
import type { CausalPimaConfig } from '../../../../src-shared/methods/causal-pima/config.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { cheapestOf, searchAssignment } from '../naming/assignment.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import type { HeldNames } from '../naming/assignment-search.ts'
import { type ComponentLooks, componentLooks } from '../naming/component-looks.ts'
import { namingCost } from '../naming/criterion.ts'
import { namingCriteria } from '../naming/naming-criteria.ts'
import { namingEvidenceOf } from '../naming/naming-evidence.ts'
import { lookDistances } from '../naming/component-distances.ts'
import { effortOfReading } from '../naming/search-effort.ts'
import { inScopes } from '../naming/scoped-names.ts'
import { namingsByShown, type ShownClusters } from '../naming/shown-structure.ts'
import { ComponentSums, type Mixture, type Posteriors, updateComponents } from './components.ts'
import { readPosteriors } from '../full-pass.ts'
import { labelCosts, labelDisagreement, namesByLabels } from '../naming/label-evidence.ts'
import { type Clustering, mixtureClusterings } from './mixture.ts'
import { oracleClusterings } from './oracles.ts'
import type { AloneLatent } from './partitions.ts'
import { principalSpaces } from './principal-spaces.ts'
import { sharpnessOf } from '../../../statistics/sharpness.ts'
import type { CausalPimaModel } from '../model.ts'
import type { Assignment } from '../state.ts'
import type { TrainingData } from '../training-data.ts'

export interface Reading {
  /** gamma over outcomes, [rows, C] */
  readonly memberships: Float32Array
  readonly assignment: Assignment | null
  /** How clearly the clusters stand apart at this number of them. */
  readonly gap: number
  /** How much the memberships leave open: 1 less their sharpness. */
  readonly blur: number
  /** Lower is better; comparable between readings of one data set. */
  readonly cost: number
  /** Why the clusters look wrong, or null. */
  readonly misfit: string | null
  readonly description: string
  /** Found outside the fused latent, which must therefore be led to it. */
  readonly guides: boolean
  /** Its names make the clusters that modalities alone show out of whole nodes. */
  readonly structured: boolean
  /** Made of clusters that modalities alone show for some of the nodes. */
  readonly completed: boolean
}

const { labelWeight, labelMisfit, unclearGap, clearGap, clearEnough, clearEnoughAlone, equalClusters } = thresholds
const { sharpBlur, clearBlur } = thresholds

/**
 * Among readings that are sharp, where such are possible, and have clear gaps the clearest of those that cost about as
 * little as the cheapest: a wrong clustering can fit an assignment better than the right one, but it cuts through samples
 * where the right one does not. Of the readings of modalities alone only the clearest count; where these are clear, unclear
 * ones of the fused latent are passed over, and where a clear and sharp reading agrees with what modalities alone show, ones
 * that do not: clusters of modalities alone that cut through samples were wrong wherever the truth is known.
 */
export function bestReading(readings: readonly Reading[]): Reading {
  // What one modality alone tells is cut through by no reading that is not clear and sharp itself.
  const partly = readings.some(({ completed, structured }) => completed && structured)
  const whole = partly
    ? readings.filter(({ structured, gap, blur }) => structured || (gap >= clearGap && blur <= sharpBlur))
    : readings
  const firm = whole.filter(({ gap }) => gap >= clearGap)
  const told = firm.some(({ guides }) => guides) ? firm : whole
  const shown = firm.some(({ structured, blur }) => structured && blur <= sharpBlur)
  const agreeing = !partly && shown ? firm.filter(({ structured }) => structured) : told
  const apart = agreeing.some(({ blur }) => blur <= sharpBlur)
  const sharp = agreeing.filter(({ blur }) => !apart || blur <= clearBlur)
  const clearest = Math.max(...sharp.map(({ gap }) => gap))
  const clearestAlone = Math.max(0, ...sharp.map(({ guides, gap }) => (guides ? gap : 0)))
  const aloneFrom = Math.max(clearEnough * clearest, clearEnoughAlone * clearestAlone)
  const clear = sharp.filter(({ guides, gap }) => gap >= (guides ? aloneFrom : clearEnough * clearest))
  const cheapest = Math.min(...clear.map((reading) => reading.cost))
  return clear
    .filter((reading) => reading.cost <= cheapest * (1 + equalClusters) + 1e-9)
    .reduce((best, other) =>
      other.gap > best.gap || (other.gap === best.gap && other.cost < best.cost) ? other : best,
    )
}

/**
 * Readings of the training rows from one mixture, one for each way of merging it; another `random`, others. The posteriors
 * are read at once, the rest is left to do in pieces.
 * @param shown clusters of modalities alone, where these intersect to outcomes
 */
export async function readMixture(
  model: CausalPimaModel,
  data: TrainingData,
  config: CausalPimaConfig,
  shown: readonly ShownClusters[],
  random: RandomStream,
): Promise<Piecewise<Reading[]>> {
  const rows = data.training
  if (data.modalities.length === 0) return tableReading(data, rows, model.components)
  return readPoints(await readPosteriors(model, data, rows), model.components, data, config, shown, random)
}

export interface OracleReadings {
  readonly readings: readonly Reading[]
  /** The clusters of each modality in the clearest of them; none without any. */
  readonly shown: readonly ShownClusters[]
}

/** Readings of the training rows from what each modality alone shows. */
export function* readOracles(
  latents: readonly AloneLatent[],
  data: TrainingData,
  config: CausalPimaConfig,
  random: RandomStream,
): Piecewise<OracleReadings> {
  const rows = data.training
  const ofTraining = latents.map((latent) => ({ ...latent, at: rows.map((row) => latent.at[row]!) }))
  const observed = observedBy(data)
  const readings: Reading[] = []
  const spaces = [...ofTraining, ...(yield* principalSpaces(data))]
  const clusterings = yield* oracleClusterings(spaces, data.categories, random)
  for (const { shown, completed, ...clustering } of clusterings) {
    const reading = yield* readClustering(clustering, observed, data, config, shown, random)
    readings.push({ ...reading, guides: true, completed })
  }
  return { readings, shown: clusterings[0]?.shown ?? [] }
}

function* readPoints(
  { mean, latent }: Posteriors,
  components: number,
  data: TrainingData,
  config: CausalPimaConfig,
  shown: readonly ShownClusters[],
  random: RandomStream,
): Piecewise<Reading[]> {
  const observed = observedBy(data)
  const readings: Reading[] = []
  for (const clustering of yield* mixtureClusterings(mean, latent, components, random))
    readings.push(yield* readClustering(clustering, observed, data, config, shown, random))
  return readings
}

type Observed = readonly { readonly values: Float32Array; readonly present: Uint8Array }[]

function observedBy(data: TrainingData): Observed {
  return data.modalities.map((_, m) => data.rowsOf(m, data.training))
}

function* looksOf(memberships: Float32Array, components: number, observed: Observed): Piecewise<ComponentLooks[]> {
  const looks: ComponentLooks[] = []
  for (const { values, present } of observed) {
    looks.push(componentLooks(memberships, components, values, present))
    yield `comparing what ${components} components look like`
  }
  return looks
}

/** Nodes that labels name, where `order` names components. */
function heldBy(data: TrainingData, order: readonly number[]): HeldNames | undefined {
  const nodes = data.anchors.map((anchor) => anchor.node)
  return nodes.length === 0 ? undefined : { nodes, order }
}

/** Names the clusters of one clustering. */
function* readClustering(
  { how, memberships, gap }: Clustering,
  observed: Observed,
  data: TrainingData,
  config: CausalPimaConfig,
  shown: readonly ShownClusters[],
  random: RandomStream,
): Piecewise<Reading> {
  const rows = data.training
  const components = memberships.length / rows.length
  const perComponent = Float32Array.from(memberships)
  const nodes = data.categories.length
  const blur = 1 - sharpnessOf(memberships, components)
  const costs = labelCosts(data, rows, perComponent, components)
  const merged = `${how}, gap ${gap.toFixed(2)}, sharpness ${(1 - blur).toFixed(4)}`
  if (nodes === 1 && costs === null)
    return {
      memberships: perComponent,
      assignment: null,
      gap,
      blur,
      // No assignment to fit: the clearest clusters are the cheapest.
      cost: 1 / gap,
      misfit:
        gap < unclearGap ? `No clustering stands apart clearly (gap ${gap.toFixed(2)}, below ${unclearGap})` : null,
      description: merged,
      guides: false,
      structured: false,
      completed: false,
    }

  const looks = yield* looksOf(perComponent, components, observed)
  const criteria = namingCriteria(looks, data.categories)
  const options = { restarts: config.mixture.assignmentRestarts, effort: effortOfReading(components) }
  let assignment: Assignment
  const namings = costs === null && shown.length > 0 ? namingsByShown(perComponent, data.categories, shown) : []
  if (namings.length > 0) assignment = unweighed(yield* cheapestOf(namings, criteria))
  else if (costs === null) assignment = unweighed(yield* searchAssignment(criteria, data.categories, options, random))
  else {
    const order = yield* namesByLabels(costs, criteria, data.categories, labelWeight)
    const held = heldBy(data, order)
    assignment =
      held?.nodes.length === nodes
        ? { chosen: { order, residual: namingCost(criteria, order) }, rivals: [], evidence: null }
        : unweighed(
            yield* searchAssignment(
              criteria,
              data.categories,
              held === undefined ? options : { ...options, held },
              random,
            ),
          )
  }
  assignment = inPlace(assignment, looks, data)
  const { order, residual } = assignment.chosen
  const disagreement = costs === null ? 0 : labelDisagreement(costs, order)
  return {
    memberships: reordered(perComponent, order),
    assignment,
    gap,
    blur,
    cost: residual + labelWeight * disagreement,
    misfit:
      disagreement > labelMisfit
        ? `The clusters contradict ${(100 * disagreement).toFixed(1)} % of the labelled samples`
        : null,
    description:
      costs === null
        ? `${merged}, residual ${residual.toFixed(3)}`
        : `${merged}, residual ${residual.toFixed(3)}, ${(100 * disagreement).toFixed(1)} % of the labelled samples contradicted`,
    guides: false,
    structured: namings.length > 0,
    completed: false,
  }
}

/** The names with every node in the place that its scope asks for. */
function inPlace(assignment: Assignment, looks: readonly ComponentLooks[], data: TrainingData): Assignment {
  if (data.scopes.length === 0 || looks.length < 2) return assignment
  const distances = looks.map((look) => lookDistances(look).alike)
  const held = data.anchors.map(({ node }) => node)
  const placed = <R extends { readonly order: readonly number[] }>(reading: R): R => ({
    ...reading,
    order: inScopes(reading.order, data.categories, distances, data.scopes, held),
  })
  return { ...assignment, chosen: placed(assignment.chosen), rivals: assignment.rivals.map(placed) }
}

function unweighed({ chosen, rivals }: Pick<Assignment, 'chosen' | 'rivals'>): Assignment {
  return { chosen, rivals, evidence: null }
}

/** The reading with how firmly its names stand, and what speaks against its clusters where no label could. */
export function* weighed(
  reading: Reading,
  data: TrainingData,
  config: CausalPimaConfig,
  random: RandomStream,
): Piecewise<Reading> {
  const { memberships } = reading
  let { assignment } = reading
  const nodes = data.categories.length
  if (assignment === null || data.anchors.length === nodes) return reading
  const components = assignment.chosen.order.length
  // Memberships are over outcomes: the chosen names are in their order already.
  const position = new Array<number>(components).fill(0)
  assignment.chosen.order.forEach((component, outcome) => (position[component] = outcome))
  const perComponent = reordered(memberships, position)
  const looks = yield* looksOf(perComponent, components, observedBy(data))
  const names = data.modalities.map(({ name }) => name)
  const held = heldBy(data, assignment.chosen.order)
  if (effortOfReading(components) < 1 && !reading.structured) {
    const options = { restarts: config.mixture.assignmentRestarts, ...(held === undefined ? {} : { held }) }
    const criteria = namingCriteria(looks, data.categories)
    const whole = yield* searchAssignment(criteria, data.categories, options, random)
    if (whole.chosen.residual < assignment.chosen.residual) assignment = inPlace(unweighed(whole), looks, data)
  }
  const evidence = yield* namingEvidenceOf(assignment, looks, names, data.categories, held, random)
  const { nullP } = evidence
  const structureless =
    held === undefined && nullP !== null && nullP > config.mixture.retryAbove
      ? `Clusters without any structure of nodes would be named as well with probability ${nullP.toFixed(2)}`
      : null
  return {
    ...reading,
    memberships: reordered(perComponent, assignment.chosen.order),
    cost: reading.cost + assignment.chosen.residual - reading.assignment!.chosen.residual,
    assignment: { ...assignment, evidence },
    misfit: reading.misfit ?? structureless,
  }
}

/** A table alone: every sample is shared by the outcomes that agree with it. */
function* tableReading(data: TrainingData, rows: Int32Array, components: number): Piecewise<Reading[]> {
  const memberships = new Float32Array(rows.length * components)
  const agree = new Float64Array(components)
  for (let i = 0; i < rows.length; i++) {
    agree.fill(0)
    data.addKnown(rows[i]!, agree)
    const count = agree.reduce((sum, x) => sum + (x === 0 ? 1 : 0), 0)
    for (let a = 0; a < components; a++) memberships[i * components + a] = agree[a] === 0 ? 1 / count : 0
    yield 'reading the table'
  }
  const description = 'every node is a column of the table'
  return [
    {
      memberships,
      assignment: null,
      gap: 1,
      blur: 0,
      cost: 0,
      misfit: null,
      description,
      guides: false,
      structured: false,
      completed: false,
    },
  ]
}

/** Columns moved so that outcome a takes the memberships of component order[a]: [rows, C] */
function reordered(memberships: Float32Array, order: readonly number[]): Float32Array {
  const components = order.length
  const out = new Float32Array(memberships.length)
  for (let i = 0; i < memberships.length; i += components)
    for (let a = 0; a < components; a++) out[i + a] = memberships[i + order[a]!]!
  return out
}

/** The closed-form mixture of given memberships [rows, C], with its counts N_a [C]. */
export function mixtureFromMemberships(
  posteriors: Posteriors,
  memberships: Float32Array,
  varianceFloor: number,
): { mixture: Mixture; counts: Float64Array } {
  const { rows, latent } = posteriors
  const components = memberships.length / rows
  const sums = new ComponentSums(components, latent)
  for (let i = 0; i < rows; i++) sums.add(posteriors, i, memberships.subarray(i * components, (i + 1) * components))
  const start: Mixture = {
    components,
    latent,
    mean: new Float64Array(components * latent),
    variance: new Float64Array(components * latent).fill(1),
  }
  return {
    mixture: updateComponents(start, sums, { damping: 1, varianceFloor, minimumShare: 0 }),
    counts: sums.counts,
  }
}
