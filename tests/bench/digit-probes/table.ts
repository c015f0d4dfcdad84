/** What a few labels told, as Markdown: a line for each number of shots and test set, over trainings and draws. */
import { shiftedMean, summarised } from '../../../src-main/evaluation/probe/comparison.ts'
import { overSeeds, type SeedSummary } from '../../../src-main/evaluation/probe/summary.ts'
import { type DigitRecord, probedThings } from './record.ts'
import { type SetName, setNames } from './sets.ts'

const titles: Readonly<Record<(typeof probedThings)[number], string>> = {
  pixels: 'pixels as they are',
  curve: 'curve as it is',
  box: 'image encoder, box',
  sphere: 'image encoder, sphere',
}

const percent = (value: number): string => (100 * value).toFixed(1)
const range = (interval: SeedSummary['interval']): string =>
  interval === null ? '-' : `${percent(interval[0])} to ${percent(interval[1])}`
const told = ({ mean, interval }: SeedSummary): string => `${percent(mean)} (${range(interval)})`

export function digitTables(records: readonly DigitRecord[]): string {
  return setNames
    .map((set) => tableOf(set, records))
    .filter((text) => text !== null)
    .join('\n\n')
}

function tableOf(set: SetName, records: readonly DigitRecord[]): string | null {
  const lines = probedThings.flatMap((probed) => {
    const group = records.filter((record) => record.set === set && record.probed === probed)
    const rows = summarised(group.flatMap(({ scores }) => scores)).filter(({ head }) => head === 'probe')
    return Array.from(Map.groupBy(rows, ({ shots, test }) => `${shots} ${test}`).values(), (few) => {
      const [raw, ica, pca] = (['raw', 'ica', 'pca-ica'] as const).map((kind) => few.find((r) => r.features === kind)!)
      const { shots, test } = raw!
      const cells = [titles[probed], shots, test, ...[raw, ica, pca].map((row) => told(row!.accuracy))]
      return `| ${[...cells, ...[ica, pca].map((row) => range(row!.gain!.interval))].join(' | ')} |`
    })
  })
  if (lines.length === 0) return null
  const shared = (['box', 'sphere'] as const).flatMap((probed) => {
    const values = records.flatMap((one) => (one.set === set && one.probed === probed ? [one.shared ?? NaN] : []))
    if (values.length === 0) return []
    const { mean, deviation } = overSeeds(values)
    return [`${titles[probed]}: at least ${mean.toFixed(2)} +- ${(deviation ?? NaN).toFixed(2)} nats shared`]
  })
  const test = set === 'plain' ? 'all images as they are' : `shifted images (${shiftedMean}: of the shifted domains)`
  return [
    `${test}; ${shared.join(', ')}`,
    '',
    '| features | shots | test | raw | +FastICA | +PCA+FastICA | gain of FastICA | gain of PCA+FastICA |',
    `|${' --- |'.repeat(8)}`,
    ...lines,
  ].join('\n')
}
