import type { componentRequests } from '../../../src-shared/contract/components.ts'
import { refused } from '../../../src-shared/errors.ts'
import { matrixOf } from '../../../src-shared/domain/result.ts'
import { facetOf, findingsOf } from '../../../src-shared/methods/results.ts'
import { judgedCoupling } from '../../../src-shared/findings/judged-coupling.ts'
import { readTruth } from '../../datasets/truth.ts'
import { evaluateRun } from '../../evaluation/evaluate-run.ts'
import type { Handlers } from '../../host/router.ts'
import { componentNames, nameComponent, ownComponentNames } from '../../services/component-names.ts'
import type { AppContext } from '../context.ts'

/** Samples shown along a component. */
const shownAlong = 7

export function componentHandlers(context: AppContext): Handlers<keyof typeof componentRequests> {
  const { results } = context
  return {
    'components.get': async ({ run }) => {
      const { project } = context.session()
      const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
      const components = await results.returning(project, run)
      const names = { components: componentNames(project, run, facetOf(result, 'coupling')) }
      const coupling = judgedCoupling(facetOf(result, 'coupling'), components, names)
      const { headline, details } = findingsOf(result, { judgement: null, components, names })
      const { values, columns } = matrixOf(arrays, coupling.values)
      const { heldOut, measured, modalities, pairs, replicates, mcc, privates } = coupling
      return {
        ...{ run, samples: arrays.ids.length, heldOut, measured, headline, replicates, mcc },
        details: details.map(({ severity, text }) => ({ severity, text })),
        modalities: modalities.map(({ name, samples }) => ({ name, samples })),
        pairs: [...pairs],
        components: coupling.components.map(({ name, own, strength, coupling: each, standing, replicability }, c) => ({
          ...{ name: own, title: name, strength, coupling: [...each], standing, replicability },
          along: along(values, columns, c),
        })),
        privates: privates.flatMap(({ modality, components: own, values: array }) => {
          const table = matrixOf(arrays, array)
          return own.map(({ name, own: ownName, explained, standing, replicability }, c) => ({
            ...{ modality, name: ownName, title: name, explained, standing, replicability },
            along: along(table.values, table.columns, c),
          }))
        }),
      }
    },
    'components.evaluate': async ({ run, truth: file }) => {
      const { project } = context.session()
      const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
      const coupling = facetOf(result, 'coupling')
      const truth = readTruth(file)
      const evaluation = evaluateRun(result, arrays, truth)
      if (evaluation.groundTruth !== 'latents')
        throw refused(`${file} knows no latents.`, 'Choose a truth.json with continuous latents.', { file })
      const titles = componentNames(project, run, coupling)
      const own = ownComponentNames(coupling)
      return {
        samples: evaluation.matchedSamples,
        ...{ r2: evaluation.r2, mcc: evaluation.mcc },
        latents: (evaluation.latents ?? []).map(({ component, ...latent }) => ({
          ...latent,
          component: component === null ? null : (titles[own.indexOf(component)] ?? component),
        })),
      }
    },
    'components.rename': async ({ run, component, name }) => {
      const { project } = context.session()
      nameComponent(project, run, facetOf(await results.result(project, run), 'coupling'), component, name)
      return {}
    },
  }
}

/** Evenly by rank from the lowest value to the highest. */
function along(values: Float32Array, columns: number, component: number): { row: number; value: number }[] {
  const known = Array.from({ length: values.length / columns }, (_, row) => ({
    row,
    value: values[row * columns + component]!,
  }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value || a.row - b.row)
  const count = Math.min(shownAlong, known.length)
  return Array.from(
    { length: count },
    (_, i) => known[count === 1 ? 0 : Math.round((i * (known.length - 1)) / (count - 1))]!,
  )
}
