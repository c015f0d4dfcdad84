/** Finished runs: what they say, named, measured, used and written out. */
import type { Command } from 'commander'
import { positive } from '../arguments.ts'
import type { FindingsOptions } from '../findings.ts'
import type { QueryOptions } from '../query.ts'
import { json, type Json, project, run, since, terminalOf } from './options.ts'

export function resultCommands(program: Command): void {
  program
    .command('findings')
    .description('what may be stated of a finished run, and how firmly')
    .addOption(project())
    .addOption(run())
    .addOption(since())
    .option('--keep', 'keep it with the run: window, report and exports say all under it; a file of {} takes it back')
    .addOption(json())
    .action(async (options: Json & FindingsOptions) => {
      const { findingsCommand } = await import('../findings.ts')
      await findingsCommand(terminalOf(options), options)
    })
  program
    .command('query')
    .description('what the learned graph implies: d-separation, paths and adjustment sets, or the members of its class')
    .addOption(project())
    .addOption(run())
    .option('--from <nodes>', 'nodes by name or number, by comma; without it and --to: the graphs of the class')
    .option('--to <nodes>', 'the nodes on the other side')
    .option('--given <nodes>', 'the nodes that are held')
    .addOption(since())
    .addOption(json())
    .action(async (options: Json & QueryOptions) => {
      const { query } = await import('../query.ts')
      await query(terminalOf(options), options)
    })
  program
    .command('name')
    .description('give names to nodes, components or clusters of a finished run')
    .argument(
      '<names...>',
      'OLD=NEW, e.g. C1=Width, or a cluster by its categories: "thin, hot=Brittle"; nothing after = gives its own name back',
    )
    .addOption(project())
    .addOption(run())
    .addOption(json())
    .action(async (names: string[], options: Json & { project: string; run: number }) => {
      const { nameCommand } = await import('../name.ts')
      await nameCommand(terminalOf(options), names, options)
    })
  program
    .command('evaluate')
    .description('every metric of a finished run that the data allow')
    .addOption(project())
    .addOption(run())
    .option('--truth <file>', 'truth.json to compare with')
    .addOption(json())
    .action(async (options: Json & { project: string; run: number; truth?: string }) => {
      const { evaluate } = await import('../evaluate.ts')
      await evaluate(terminalOf(options), options)
    })
  program
    .command('predict')
    .description("tell the label of another data set's samples with a finished run")
    .addOption(project())
    .addOption(run())
    .requiredOption('--dataset <n>', 'number of the data set with the new samples', positive)
    .requiredOption('--out <file>', 'table to write (CSV)')
    .addOption(json())
    .action(async (options: Json & { project: string; run: number; dataset: number; out: string }) => {
      const { predict } = await import('../predict.ts')
      await predict(terminalOf(options), options)
    })
  program
    .command('export')
    .description('write a finished run as files')
    .addOption(project())
    .addOption(run())
    .requiredOption('--out <dir>', 'folder to write into')
    .option('--formats <names>', 'comma-separated, e.g. clusters.csv,graph.dot,report.html (default: all)')
    .option('--bom', 'begin CSV files with a byte order mark, for Excel and LibreOffice on a double click')
    .addOption(json())
    .action(async (options: Json & { project: string; run: number; out: string; formats?: string; bom?: boolean }) => {
      const { exportCommand } = await import('../export.ts')
      await exportCommand(terminalOf(options), options)
    })
}
