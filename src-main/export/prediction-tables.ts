/** How a label is told, as tables: reliability by bin, and accuracy under noise, blank parts and from part of the measurements. */
import type { Prediction, ReliabilityCurve } from '../../src-shared/methods/facets.ts'
import { tableCsv } from './clusters-csv.ts'
import type { Column } from './sample-table.ts'

/**
 * calibration.csv: a row a bin of the probability of the told class, before and after the temperature; the calibration error
 * and the Brier score of either are the same in all its rows. Without rows where nobody looked.
 */
export function calibrationCsv({ calibration, temperature }: Prediction): Generator<string> {
  const each = calibration === null ? [] : ([['before', calibration.before, 1], ['after', calibration.after, temperature]] as const) // prettier-ignore
  const rows = each.flatMap(([stage, curve, heat]) => curve.bins.map((bin) => ({ stage, curve, heat, bin })))
  const number = (name: string, of: (row: (typeof rows)[number]) => number | null): Column => ({
    ...{ name, kind: 'float64', value: (row) => of(rows[row]!) ?? NaN },
  })
  const whole = (name: string, of: (curve: ReliabilityCurve) => number): Column =>
    number(name, ({ curve }) => of(curve))
  return tableCsv(
    [
      { name: 'probabilities', kind: 'text', value: (row) => rows[row]!.stage },
      number('temperature', ({ heat }) => heat),
      number('from', ({ bin }) => bin.from),
      number('to', ({ bin }) => bin.to),
      number('samples', ({ bin }) => bin.samples),
      number('confidence', ({ bin }) => bin.confidence),
      number('accuracy', ({ bin }) => bin.accuracy),
      whole('calibration_error', ({ error }) => error),
      whole('brier', ({ brier }) => brier),
    ],
    rows.length,
  )
}

/** robustness.csv: a row for what was done to which modalities, or for which were seen; the base beside it. */
export function robustnessCsv({ robustness }: Prediction): Generator<string> {
  const text = (name: string, of: (row: Prediction['robustness'][number]) => string): Column => ({
    ...{ name, kind: 'text', value: (row) => of(robustness[row]!) },
  })
  const number = (name: string, of: (row: Prediction['robustness'][number]) => number | undefined): Column => ({
    ...{ name, kind: 'float64', value: (row) => of(robustness[row]!) ?? NaN },
  })
  return tableCsv(
    [
      text('kind', ({ kind }) => kind),
      text('corruption', ({ corruption }) => corruption),
      text('modalities', ({ modalities }) => modalities.join(' + ')),
      number('samples', ({ samples }) => samples),
      number('accuracy', ({ accuracy }) => accuracy),
      number('worst', ({ worst }) => worst),
      number('base_accuracy', ({ base }) => base?.accuracy),
      number('base_worst', ({ base }) => base?.worst),
    ],
    robustness.length,
  )
}
