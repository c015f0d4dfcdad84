import { join, resolve } from 'node:path'
import { textCell } from '../export/csv-cells.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import { compareFeatures } from '../evaluation/probe/compare-features.ts'
import { featureTitles, summarised, type Head, type ProbeRow, type ProbeScore } from '../evaluation/probe/comparison.ts'
import type { ProbeProfile } from '../evaluation/probe/penalty-search.ts'
import { refused } from '../../src-shared/errors.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { probeInput, storedRankTolerance } from '../services/probe.ts'
import { chooseDataset } from './choose-dataset.ts'
import type { Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'
import { makeFolderSync } from '../datasets/make-folder.ts'

export interface ProbeCommandOptions {
  readonly project: string
  readonly dataset?: number
  readonly modality?: string
  readonly run?: number
  readonly label: string
  readonly domain?: string
  readonly sourceDomain?: string
  /** `1,2,4` */
  readonly shots: string
  readonly seeds: number
  readonly seed: number
  readonly profile: ProbeProfile
  readonly fit?: 'pool' | 'shots'
  readonly heads: string
  readonly testShare: number
  readonly principal: number
  readonly components?: number
  readonly out?: string
}

/** `probe`: few labelled samples of each class, before and after unmixing, side by side over several draws. */
export async function probe(terminal: Terminal, options: ProbeCommandOptions): Promise<void> {
  const { profile, seeds, seed, principal, testShare, components = null } = options
  if (!(testShare > 0 && testShare < 1))
    throw refused(
      `A share of ${testShare} to test on leaves nothing.`,
      'Say one between 0 and 1, e.g. --test-share 0.2.',
    )
  const shots = wholeNumbers(options.shots)
  const heads = headsOf(options.heads)
  const project = openProjectReadOnly(options.project)
  try {
    const dataset = chooseDataset(terminal, project, options.dataset)
    const { modality = null, run = null, label, domain = null } = options
    const input = await probeInput(project, dataset, { modality, run, label, domain })
    const started = performance.now()
    const found = compareFeatures(
      input.data,
      {
        shots,
        seeds: Array.from({ length: seeds }, (_, at) => seed + at),
        profile,
        heads,
        fit: options.fit ?? (profile === 'released' ? 'shots' : 'pool'),
        sourceDomain: options.sourceDomain ?? null,
        testShare,
        principal,
        components: { ica: components, pcaIca: components },
        rankTolerance: storedRankTolerance,
      },
      (fraction, label) => {
        const elapsed = (performance.now() - started) / 1000
        terminal.progress({ label, fraction, secondsLeft: fraction > 0 ? (elapsed * (1 - fraction)) / fraction : null })
      },
    )
    terminal.finish()
    const few =
      seeds < 3 ? [`${seeds} draws alone say little of how far another would lie: use --seeds 3 or more.`] : []
    const notes = [...input.notes, ...found.notes, ...few]
    for (const note of notes) terminal.message(note)
    const rows = summarised(found.scores)
    const { scores, sourceDomain, tests } = found
    const result = {
      dataset: dataset.id,
      features: input.features,
      label,
      domain,
      sourceDomain,
      profile,
      tests,
      notes,
      rows,
      scores,
    }
    if (options.out !== undefined) await write(resolve(options.out), scores, result)
    await terminal.result(result, table(rows, tests))
  } finally {
    terminal.finish()
    project.close()
  }
}

function wholeNumbers(text: string): number[] {
  const numbers = text.split(',').map(Number)
  if (numbers.every((number) => Number.isSafeInteger(number) && number >= 1))
    return Array.from(new Set(numbers)).sort((a, b) => a - b)
  throw refused(`"${text}" is no list of numbers of shots.`, 'Say whole numbers by comma, e.g. --shots 1,2,4,8,16.')
}

function headsOf(text: string): Head[] {
  return text.split(',').map((name) => {
    if (name === 'probe' || name === 'cached') return name
    throw refused(`There is no head "${name}".`, 'Heads are probe and cached; both: --heads probe,cached.')
  })
}

async function write(folder: string, scores: readonly ProbeScore[], result: object): Promise<void> {
  makeFolderSync(folder)
  const lines = scores.map(({ features, head, shots, seed, test, accuracy, c }) =>
    [features, head, shots, seed, textCell(test), accuracy, c ?? ''].join(','),
  )
  const csv = `${['features,head,shots,seed,test,accuracy,c', ...lines].join('\r\n')}\r\n`
  await writeWhole(join(folder, 'probe.csv'), [csv])
  await writeWhole(join(folder, 'probe.json'), [`${JSON.stringify(result, null, 2)}\n`])
}

const percent = (value: number): string => (100 * value).toFixed(1)

/** A line for each head, number of shots, test set and kind of features: mean, deviation, interval, gain over raw. */
function table(rows: readonly ProbeRow[], tests: Readonly<Record<string, number>>): string {
  const range = (interval: readonly [number, number] | null): string =>
    interval === null ? '' : `${percent(interval[0])} to ${percent(interval[1])}`
  const cells = rows.map(({ head, shots, test, features, accuracy, gain }) => [
    head,
    String(shots),
    test,
    featureTitles[features],
    percent(accuracy.mean),
    accuracy.deviation === null ? '' : percent(accuracy.deviation),
    range(accuracy.interval),
    gain === null ? '' : `${gain.mean >= 0 ? '+' : ''}${percent(gain.mean)}`,
    gain === null ? '' : range(gain.interval),
  ])
  const header = [
    'head',
    'shots',
    'test',
    'features',
    'accuracy %',
    'sd',
    '95 % of the mean',
    'gain',
    '95 % of the gain',
  ]
  const sizes = Object.entries(tests).map(([name, count]) => `${name}: ${count} samples`)
  return [`Tested on ${sizes.join(', ')}.`, textTable([header, ...cells])].join('\n')
}
