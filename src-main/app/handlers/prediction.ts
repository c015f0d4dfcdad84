import type { predictionRequests } from '../../../src-shared/contract/prediction.ts'
import { facetOf, findingsOf } from '../../../src-shared/methods/results.ts'
import type { Handlers } from '../../host/router.ts'
import type { AppContext } from '../context.ts'

export function predictionHandlers(context: AppContext): Handlers<keyof typeof predictionRequests> {
  const { results } = context
  return {
    'prediction.get': async ({ run }) => {
      const { project } = context.session()
      const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
      const { label, classes, measuredOn, measured, accuracy, confusion, robustness, fragile } = facetOf(
        result,
        'prediction',
      )
      const { headline, details } = findingsOf(result, { judgement: null, components: null })
      const rowOf = new Map(arrays.ids.map((id, row) => [id, row]))
      return {
        ...{ run, label, classes: [...classes], headline, measuredOn, measured, accuracy },
        details: details.map(({ severity, text }) => ({ severity, text })),
        confusion: confusion.map((row) => [...row]),
        robustness: robustness.map((row) => ({ ...row, modalities: [...row.modalities] })),
        fragile: fragile.map((sample) => ({ ...sample, row: rowOf.get(sample.id)! })),
      }
    },
  }
}
