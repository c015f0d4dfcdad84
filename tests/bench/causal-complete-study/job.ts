/** Trains one run after the other as it is told; a process of its own. */
import * as v from 'valibot'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { datasetOf } from '../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import { truthOf } from '../../../src-main/datasets/synthetic/truth-of.ts'
import { parseTruth } from '../../../src-main/datasets/truth.ts'
import { evaluateCauses } from '../../../src-main/evaluation/causes.ts'
import { CausalCompleteSession } from '../../../src-main/models/causal-complete/session.ts'
import { matrixOf } from '../../../src-shared/domain/result.ts'
import type { Provenance } from '../../../src-shared/domain/run.ts'
import { causalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import { arrayNames, causalCompleteBody } from '../../../src-shared/methods/causal-complete/result.ts'
import { forms, keyOf, type Outcome, type StudyRun } from './cases.ts'

const provenance: Provenance = {
  ...{ application: 'study', versions: {}, engine: 'wasm', engineDetail: '', threads: 1, seed: 0, datasetSha256: '' },
}

async function outcomeOf(run: StudyRun): Promise<Outcome> {
  const started = performance.now()
  // 1,000 to learn from, of which 100 choose the epoch, and 200 to measure on.
  const set = await makeSynthetic('mmlsyn', { samples: 1200, seed: run.seed, degree: run.degree })
  const config = v.parse(causalCompleteConfig, {
    ...{ label: 'label', robustness: { draws: 0 }, networks: { fusion: run.fusion } },
    training: { epochs: run.epochs, base: false, testFraction: 1 / 6, validationFraction: 1 / 12 },
    ...forms[run.form],
  })
  const session = new CausalCompleteSession(datasetOf(set), config, run.seed)
  let validationLoss = Infinity
  for (let step = await session.advance(); step.kind !== 'finished'; step = await session.advance())
    if (step.kind === 'epoch') validationLoss = Math.min(validationLoss, step.metrics.figures.validationLoss!)
  const { result, arrays } = await session.finish(provenance, 0)
  session.dispose()
  const { told } = v.parse(causalCompleteBody, result.body)
  const { values, columns } = matrixOf(arrays, arrayNames.representation)
  const part = matrixOf(arrays, arrayNames.part).values
  const tested = Array.from(arrays.ids.keys()).filter((row) => part[row] === 2)
  const code = tested.map((row) => values.subarray(row * columns, (row + 1) * columns))
  const ids = tested.map((row) => arrays.ids[row]!)
  const truth = parseTruth(truthOf(set), 'mmlsyn')
  // The run's own test samples are those that count here.
  const causes = evaluateCauses(code, ids, { ...truth, causes: { ...truth.causes!, test: [] } })!
  return {
    key: keyOf(run),
    accuracy: told.accuracy.value,
    ...{ sufficiencyRisk: told.sufficiencyRisk, necessityRisk: told.necessityRisk, validationLoss },
    calibrationError: told.calibrationError,
    causes: causes.list.map(({ name, dCor, partial, ceiling }) => ({ name, dCor, partial, ceiling })),
    seconds: (performance.now() - started) / 1000,
  }
}

await openEngine('wasm', { threads: 1 })
process.on('disconnect', () => process.exit())
process.on('message', (run: StudyRun) => {
  void outcomeOf(run).then(
    (outcome) => process.send!(outcome),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
