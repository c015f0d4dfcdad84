/** The most fragile samples with their measurements changed as little as another label asks for. */
import type { CausalCompleteBody } from '../../../src-shared/methods/causal-complete/result.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import { disposeBatch, tensorsOf } from './batch.ts'
import type { CausalCompleteModel } from './model.ts'
import { readViews } from './outputs.ts'
import { smallestChange } from './smallest-change.ts'
import type { TrainingData } from './training-data.ts'

/** Samples shown with their change, and numbers that all of them may come to in a result. */
const shown = 6
const mostNumbers = 120_000

export async function fragileChanges(
  model: CausalCompleteModel,
  data: TrainingData,
  fragile: CausalCompleteBody['fragile'],
): Promise<CausalCompleteBody['changes']> {
  const { modalities, classes, labels, ids } = data
  const sizes = modalities.map(({ shape }) => sizeOf(shape))
  const each = sizes.reduce((a, b) => a + b, 0)
  const rowOf = new Map(ids.map((id, row) => [id, row]))
  const chosen = fragile.slice(0, Math.min(shown, Math.floor(mostNumbers / each)))
  // A run that is learnt on stands between the label and the measurements.
  if (chosen.length === 0 || data.fused !== null) return []
  const rows = Int32Array.from(chosen, ({ id }) => rowOf.get(id)!)
  const batch = tensorsOf(data.batch(rows), modalities, classes)
  const { changes, becomes } = await smallestChange(
    model,
    batch,
    modalities.map((_, m) => data.moving(m)),
    data.breathe,
  )
  disposeBatch(batch)
  const views = data.views(rows).map((view, m) => ({ ...view, data: data.moved(m, rows, changes[m]!) }))
  // Back on the scale of the data values are rounded once more: what counts is what is told of them then.
  const now = likeliest((await readViews(model, data, views)).logits, classes)
  return chosen.flatMap(({ id, told }, at) => {
    if (becomes[at]! < 0 || labels.classes[now[at]!] === told) return []
    const present = views.flatMap((view, m) => (view.present[at] === 1 ? [{ view, m }] : []))
    const slice = (values: Float32Array, m: number): Float32Array =>
      values.subarray(at * sizes[m]!, (at + 1) * sizes[m]!)
    const squares = present.map(({ m }) => slice(changes[m]!, m).reduce((sum, step) => sum + step ** 2, 0))
    const numbers = present.reduce((sum, { m }) => sum + sizes[m]!, 0)
    return [
      {
        ...{ id, becomes: labels.classes[now[at]!]! },
        size: Math.sqrt(squares.reduce((a, b) => a + b, 0) / numbers),
        modalities: present.map(({ view, m }) => ({
          name: view.modality.name,
          values: Array.from(slice(view.data, m)),
        })),
      },
    ]
  })
}
