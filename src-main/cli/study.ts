import type { EngineName, Method } from '../../src-shared/domain/run.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { ComparedRow } from '../evaluation/robustness/compare.ts'
import type { SeedSummary } from '../evaluation/probe/summary.ts'
import { openProject, openProjectReadOnly, type ReadableProject, type WritableProject } from '../project/project.ts'
import { readRun } from '../project/runs.ts'
import { listStudies, readStudy, type Study, studyRuns } from '../project/studies.ts'
import { assignmentsOf, parseVariations, pointsOf, settingWords } from '../services/studies/grid.ts'
import { robustnessOfRuns } from '../services/studies/robustness-table.ts'
import { studyTable, type StudyRow, type StudyTable } from '../services/studies/study-table.ts'
import { beginStudy, type StudyEnd, studyTasks, StudyWork } from '../services/studies/study-work.ts'
import type { Workplace } from '../training/workplace.ts'
import { chooseDataset } from './choose-dataset.ts'
import { onInterrupt, stops } from './interrupt.ts'
import type { PlaceOptions } from './place-options.ts'
import { cancelOpen, placeOf } from './place.ts'
import { requireEngine } from './require.ts'
import { shellWord } from './shell-word.ts'
import type { Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'
import { configOf, type ConfigOptions } from './train.ts'

export interface StudyOptions extends ConfigOptions, PlaceOptions {
  readonly project: string
  readonly dataset?: number
  readonly method?: Method
  readonly over: readonly string[]
  readonly seeds: number
  readonly seed: number
  readonly engine: EngineName | 'auto'
  readonly name?: string
  readonly study?: number
  readonly by?: string
  readonly lower?: true
}

/** `study`: begins one, goes on with one, or lists those there are. */
export async function study(terminal: Terminal, options: StudyOptions): Promise<void> {
  if (options.method === undefined && options.study === undefined) {
    await listed(terminal, options.project)
    return
  }
  if (options.method !== undefined && options.study !== undefined)
    throw refused('A study that is there has its method and settings.', 'Leave out --method, or --study to begin another.', { field: 'study' }) // prettier-ignore
  if (options.study !== undefined && isFinished(options.project, options.study)) {
    const project = openProjectReadOnly(options.project)
    try {
      await told(terminal, project, readStudy(project.database, options.study), options)
    } finally {
      project.close()
    }
    return
  }
  // A node's engines are its own.
  if (options.on !== 'slurm') await requireEngine(options.engine)
  const project = openProject(options.project, { program: 'causalscope study' })
  try {
    const known = options.study === undefined ? null : readStudy(project.database, options.study)
    const open = known === null ? [] : studyTasks(project.database, known)
    if (options.cancel === true) {
      await cancelOpen(terminal, project, open)
      return
    }
    const place = await placeOf(terminal, project, options, `study ${options.study ?? nextStudy(project)}`, open)
    const one = known ?? begun(terminal, project, options)
    const end = await followed(terminal, project, one, options, place)
    await told(terminal, project, one, options)
    requireEnd(end, one, options.project)
  } finally {
    project.close()
  }
}

function begun(terminal: Terminal, project: WritableProject, options: StudyOptions): Study {
  const method = options.method!
  const dataset = chooseDataset(terminal, project, options.dataset)
  const over = parseVariations(options.over)
  const one = beginStudy(project, {
    ...{ name: options.name ?? null, datasetId: dataset.id, method, over, engine: options.engine },
    config: configOf(method, options, dataset),
    seeds: Array.from({ length: options.seeds }, (_, at) => options.seed + at),
  })
  terminal.message(
    `${one.name}: ${pointsOf(one).length} runs of ${method} on ${dataset.name}, ${one.seeds.length} a setting.`,
  )
  return one
}

/** Looked at without the writer's lock where nothing is to be done. */
function isFinished(file: string, id: number): boolean {
  const project = openProjectReadOnly(file)
  try {
    const runs = studyRuns(project.database, id)
    const points = pointsOf(readStudy(project.database, id))
    return points.every((_, at) => runs.has(at) && readRun(project.database, runs.get(at)!).status === 'done')
  } finally {
    project.close()
  }
}

async function followed(
  terminal: Terminal,
  project: WritableProject,
  one: Study,
  { workers }: StudyOptions,
  place: Workplace | undefined,
): Promise<StudyEnd> {
  const work = new StudyWork(project, workers === undefined ? {} : { workers })
  const forget = work.observe(({ planned, done, fraction, secondsLeft }) => {
    terminal.progress({ label: 'Training', fraction, secondsLeft, detail: `${done} of ${planned} runs done` })
  })
  const release = onInterrupt(...stops(terminal, work, place))
  try {
    return await work.run(one.id, place)
  } finally {
    release()
    forget()
    terminal.finish()
  }
}

/** The number that the next study will have. */
function nextStudy({ database }: WritableProject): number {
  return (listStudies(database).at(-1)?.id ?? 0) + 1
}

function requireEnd({ planned, done, error, interrupted, left }: StudyEnd, { id, name }: Study, project: string): void {
  const hint = `Go on with: causalscope study --project ${shellWord(project)} --study ${id}`
  if (left > 0)
    throw new CausalscopeError({
      code: 'interrupted',
      message: `${left} of ${planned} runs of ${name} go on on the cluster; ${done} are done.`,
      hint: `Watch them and bring their results in with: causalscope study --project ${shellWord(project)} --study ${id}\nEnd them with --cancel.`, // prettier-ignore
      details: { study: id },
    })
  if (interrupted)
    throw new CausalscopeError({
      code: 'interrupted',
      message: `${name} was interrupted after ${done} of ${planned} runs.`,
      ...{ hint, details: { study: id } },
    })
  if (error !== null)
    throw new CausalscopeError({
      code: 'failed',
      message: `${planned - done} of ${planned} runs of ${name} failed, the first: ${error.message}`,
      ...{ hint: `${error.hint}\n${hint}`.trim(), details: { study: id } },
    })
}

async function told(terminal: Terminal, project: ReadableProject, one: Study, options: StudyOptions): Promise<void> {
  const table = studyTable(project.database, one, { by: options.by ?? null, lower: options.lower ?? null })
  const { id, name, method, over, seeds } = one
  const robustness = await Promise.all(
    table.rows.map(({ runs }) => robustnessOfRuns(project, runs.flatMap(({ run }) => run ?? []))), // prettier-ignore
  )
  const known = robustness.some((rows) => rows !== null)
  await terminal.result(
    { study: id, name, method, over, seeds, ...table, ...(known ? { robustness } : {}) },
    [textOf(one, table, options.project), ...robustness.flatMap((rows, at) => robustnessText(one, table.rows[at]!, rows))].join('\n'), // prettier-ignore
  )
}

/** Shares of samples told right, in percent, over seeds. */
const shares = ({ mean, deviation }: SeedSummary): string =>
  `${(100 * mean).toFixed(1)}${deviation === null ? '' : ` +- ${(100 * deviation).toFixed(1)}`}`
const gained = ({ mean, interval: range }: SeedSummary): string =>
  `${(100 * mean).toFixed(1)}${range === null ? '' : ` (${range.map((end) => (100 * end).toFixed(1)).join(' to ')})`}`

function robustnessText(one: Study, { values }: StudyRow, rows: readonly ComparedRow[] | null): string[] {
  if (rows === null) return []
  const done = { clean: 'as measured', modalities: 'only these are seen' } as const
  const cells = rows.map(({ kind, corruption, modalities, base, other, difference }) => [
    ...[kind === 'corrupted' ? corruption : done[kind], modalities.join(', ')],
    ...[shares(base), shares(other), gained(difference)],
  ])
  const setting = one.over.length === 0 ? '' : ` with ${settingWords(one, values)}`
  return [
    '',
    `Told right in percent${setting}, over ${rows[0]?.difference.count ?? 0} seeds, each paired with the base on the same samples:`,
    textTable([['what was done', 'measurements', 'base', 'with the regulariser', 'difference, 95 %'], ...cells]),
  ]
}

const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(4))
const summary = (one: SeedSummary | null): string =>
  one === null ? '' : one.deviation === null ? number(one.mean) : `${number(one.mean)} +- ${number(one.deviation)}`
const interval = ({ interval: range }: SeedSummary): string =>
  range === null ? '' : `${number(range[0])} to ${number(range[1])}`

function textOf(one: Study, table: StudyTable, project: string): string {
  const { by, rows, best } = table
  const header = [...one.over.map(({ key }) => key), 'done', by, 'score', 'best less this, 95 %', 'seconds', '']
  const cells = rows.map((row) => [
    ...row.values,
    `${row.runs.filter(({ status }) => status === 'done').length} of ${row.runs.length}`,
    ...[summary(row.measure), summary(row.score), row.behind === null ? '' : interval(row.behind)],
    ...[row.seconds.toFixed(0), row.setting === best ? 'best' : ''],
  ])
  return [textTable([header, ...cells]), ...bestWords(one, table, project)].join('\n')
}

function bestWords(one: Study, { rows, best, bestRun, undecided, by, lower }: StudyTable, project: string): string[] {
  if (best === null) return []
  const row = rows[best]!
  const settings = [...assignmentsOf(one.config), ...one.over.map(({ key }, at) => `${key}=${row.values[at]!}`)]
  const sets = settings.map((setting) => ` --set ${shellWord(setting)}`).join('')
  const runs = row.runs.flatMap(({ run }) => run ?? []).join(', ')
  if (rows.length === 1) return [`Runs ${runs}.`]
  return [
    `Best by ${by} (${lower ? 'less' : 'more'} is better): ${settingWords(one, row.values)}, runs ${runs}${row.runs.length > 1 && bestRun !== null ? `, of which ${bestRun} does best` : ''}.`,
    ...(undecided.length === 0
      ? []
      : [`These seeds do not tell it from ${undecided.length} of the ${rows.length - 1} others (the interval of the difference holds 0).`]), // prettier-ignore
    ...(by === 'score'
      ? ['It was chosen by the score that the runs report: measure it on other samples before you quote it.']
      : []),
    `Train with it: causalscope train --project ${shellWord(project)} --method ${one.method}${sets}`,
  ]
}

async function listed(terminal: Terminal, file: string): Promise<void> {
  const project = openProjectReadOnly(file)
  try {
    const all = listStudies(project.database).map((one) => {
      const runs = Array.from(studyRuns(project.database, one.id).values(), (id) => readRun(project.database, id))
      const done = runs.filter(({ status }) => status === 'done').length
      return { one, planned: pointsOf(one).length, done }
    })
    if (terminal.json)
      for (const { one, planned, done } of all) await terminal.record({ study: one.id, name: one.name, method: one.method, planned, done }) // prettier-ignore
    else if (all.length === 0) terminal.message('The project holds no study yet: begin one with --method and --over.')
    else {
      const rows = all.map(({ one, planned, done }) => [
        ...[String(one.id), one.name, one.method, `${done} of ${planned} runs`],
        one.over.map(({ key, values }) => `${key} ${values.join(', ')}`).join('; '),
      ])
      await terminal.result({ studies: all.length }, textTable([['id', 'name', 'method', 'done', 'over'], ...rows]))
    }
  } finally {
    project.close()
  }
}
