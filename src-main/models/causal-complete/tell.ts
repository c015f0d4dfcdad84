/** Labels of new samples, told by a trained model. */
import * as v from 'valibot'
import { causalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import { probabilitiesAt } from '../../evaluation/classification/calibration.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { SessionRequest } from '../method.ts'
import type { Snapshot } from '../session.ts'
import type { ToldSamples } from '../told-samples.ts'
import { alikeViews } from '../../datasets/alike-views.ts'
import { fragilityOf, spreadOf } from './fragility.ts'
import { extents, nearestDistances, unlikeness } from './likeness.ts'
import { logitMatrix, temperatureOf } from './measured.ts'
import { CausalCompleteModel } from './model.ts'
import { readOutputs, readViews } from './outputs.ts'
import { openSnapshot } from './state.ts'
import { TrainingData } from './training-data.ts'

/** Samples learnt from that others are held against, at most. */
const mostReferences = 2000

/** Throws `refused` for samples of another form than those that the run was trained on. */
export async function tellLabels(
  { dataset, config, seed, features }: SessionRequest,
  snapshot: Snapshot,
  samples: Dataset,
): Promise<ToldSamples> {
  const own = v.parse(causalCompleteConfig, config)
  const data = new TrainingData(dataset, own, seed, features)
  const { modalities, classes, fused, split, labels } = data
  const { views, lacking } = alikeViews(data.measurements, samples)
  const model = new CausalCompleteModel({ modalities, classes, fused, config: own, regularised: true }, seed)
  try {
    model.parameters.write(openSnapshot(snapshot).parameters)
    const temperature = await temperatureOf(model, data)
    const width = own.networks.representation
    const told = await readViews(model, data, views)
    const learnt = await readOutputs(model, data, split.training.subarray(0, mostReferences))
    const kept = Int32Array.from([...split.validation, ...split.test])
    const heldOut = await readOutputs(model, data, kept)
    const batch = data.batchOf(await data.seen(views), Int32Array.from(samples.ids.keys()))
    const unlike = unlikeness(
      [nearestDistances(told.representation, learnt.representation, width), ...extents(batch)],
      [nearestDistances(heldOut.representation, learnt.representation, width), ...extents(data.batch(kept))],
    )
    const weight = await model.classifier.weight.data<'float32'>()
    const spread = spreadOf(learnt.representation, width)
    const { distance } = fragilityOf(told.logits, told.representation, weight, classes, spread)
    const probabilities = probabilitiesAt(logitMatrix(told.logits, classes), temperature)
    const has = samples.ids.map((_, row) => views.some(({ present }) => present[row] === 1))
    const known = (values: ArrayLike<number>, columns: number): Float32Array =>
      Float32Array.from(values, (value, at) => (has[Math.floor(at / columns)] === true ? value : NaN))
    return {
      ...{ label: labels.column, classes: labels.classes, ids: samples.ids },
      probabilities: known(probabilities.values, classes),
      fragility: known(distance, 1),
      unlike: known(unlike, 1),
      notes: notesOf(lacking, has, kept.length, samples),
    }
  } finally {
    data.dispose()
    model.dispose()
  }
}

function notesOf(lacking: readonly string[], has: readonly boolean[], heldOut: number, { name }: Dataset): string[] {
  const without = has.filter((one) => !one).length
  return [
    ...(lacking.length === 0 ? [] : [`${name} has no ${lacking.join(', ')}: labels were told without.`]),
    ...(without === 0 ? [] : [`${without} of ${has.length} samples have nothing that a label could be told from.`]),
    ...(heldOut === 0
      ? ['No sample was kept from learning, so whether these are like the training set cannot be said.']
      : []),
  ]
}
