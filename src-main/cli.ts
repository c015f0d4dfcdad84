/** The command line: the same services as the window, with no window. */
import { commandLine } from './cli/program.ts'
import { explain, exitCodeOf } from './cli/exit.ts'
import { visible } from './cli/visible.ts'
import { readManifest } from './training/provenance.ts'

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await commandLine((await readManifest()).version).parseAsync(process.argv)
} catch (error) {
  process.exitCode = exitCodeOf(error)
  // Commander has said what was wrong with the command itself.
  if (!(error instanceof Error && error.name === 'CommanderError')) process.stderr.write(`${visible(explain(error))}\n`)
}
