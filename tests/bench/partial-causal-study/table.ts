/** The study as a Markdown table: a line a conditional, means and deviations over the seeds that are done. */
import { keyOf, type Outcome, publishedFor, type Run } from './cases.ts'

export function studyTable(runs: readonly Run[], outcomes: readonly Outcome[]): string {
  const lines = Array.from(
    Map.groupBy(runs, ({ space, conditional }) => `${space}/${conditional}`).values(),
    (group) => {
      const done = outcomes.filter(({ key }) => group.some((run) => keyOf(run) === key))
      if (done.length === 0) return null
      const { space, conditional } = group[0]!
      const seconds = done.reduce((sum, one) => sum + one.seconds, 0) / done.length
      const cells = [space, conditional, done.length, told(done, 'r2'), told(done, 'mcc'), publishedFor(group[0]!)]
      return `| ${[...cells, seconds.toFixed(0)].join(' | ')} |`
    },
  )
  const header = '| space | conditional | seeds | R2 | MCC | published | s a run |'
  return [header, '| --- | --- | --- | --- | --- | --- | --- |', ...lines.filter((line) => line !== null)].join('\n')
}

/** Per cent, mean and deviation; one seed alone has none. */
function told(outcomes: readonly Outcome[], name: 'r2' | 'mcc'): string {
  const values = outcomes.map((one) => 100 * one[name])
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length === 1) return mean.toFixed(1)
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return `${mean.toFixed(1)} +- ${sd.toFixed(1)}`
}
