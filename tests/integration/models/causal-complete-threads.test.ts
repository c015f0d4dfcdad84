/** The causal complete cause on several threads: every term is a mean over rows, so the parts add up to the whole batch. */
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { openDescent } from '../../../src-main/models/causal-complete/descent.ts'
import { CausalCompleteModel } from '../../../src-main/models/causal-complete/model.ts'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { causalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const [width, rows, classes] = [6, 51, 3]
const modalities = ['x', 't'].map((name): Modality => ({
  ...{ name, kind: 'vector', shape: [width], scaling: { offset: [0], scale: [1] }, present: 1, source: '' },
}))

/** Terms of a few steps, some samples without a modality. */
async function descend(regularised: boolean, threads: number): Promise<number[]> {
  const config = v.parse(causalCompleteConfig, { networks: { features: 8, hidden: [8], representation: 6 } })
  const model = new CausalCompleteModel({ modalities, classes, fused: null, config, regularised }, 1)
  const descent = openDescent(model, 1, threads)
  const random = RandomStream.of(1, 'threads')
  const seen: number[] = []
  descent.parametersChanged()
  for (let step = 0; step < 6; step++) {
    const x = modalities.map(() => random.normals(rows * width))
    const mask = Float32Array.from({ length: rows * modalities.length }, (_, i) => (i % 7 === 0 ? 0 : 1))
    const labels = Int32Array.from({ length: rows }, (_, row) => row % classes)
    const terms = await descent.step({ rows, x, mask, fused: null, labels }, () => 5e-3)
    seen.push(...(await terms.data<'float32'>()).subarray(0, 4))
    terms.dispose()
  }
  descent.dispose()
  model.dispose()
  return seen
}

describe('the causal complete cause on several threads', () => {
  beforeAll(() => openEngine('wasm'))

  it.each([true, false])('comes to what one thread comes to (regularised: %s)', async (regularised) => {
    const alone = await descend(regularised, 1)
    for (const threads of [2, 3]) {
      const together = await descend(regularised, threads)
      alone.forEach((value, i) => expect(together[i]! - value).toBeCloseTo(0, 3))
    }
  })
})
