/** Golden kind `contrastive`: the symmetric contrastive loss as the model minimises it, on both geometries. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { contrastiveLoss } from '../../../src-main/models/partial-causal/loss.ts'

const matrix = v.array(v.array(v.number()))
const inputSchema = v.object({
  /** What the cases call the convex body is a box. */
  geometry: v.picklist(['sphere', 'convex', 'box']),
  temperature: v.number(),
  x: matrix,
  t: matrix,
})

export async function evaluateContrastive(input: unknown): Promise<unknown> {
  const { geometry, temperature, x, t } = v.parse(inputSchema, input)
  await openEngine('wasm')
  const loss = tf.tidy(() =>
    contrastiveLoss(tf.tensor2d(x), tf.tensor2d(t), tf.scalar(Math.log(temperature)), {
      geometry: geometry === 'sphere' ? 'sphere' : 'box',
      form: 'paper',
    }),
  )
  const [value] = await loss.data()
  loss.dispose()
  return { loss: value }
}
