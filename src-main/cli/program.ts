/** The commands and their options, by what they are about; each command's work is in a file of its own, loaded when it is called. */
import { Command } from 'commander'
import { dataCommands } from './commands/data.ts'
import { machineCommands } from './commands/machine.ts'
import { preparationCommand } from './commands/prepare.ts'
import { probeCommand } from './commands/probe.ts'
import { resultCommands } from './commands/results.ts'
import { trainingCommands } from './commands/training.ts'
import { whatIfCommands } from './commands/what-if.ts'

/** The whole command line; parsing throws a CommanderError instead of ending the process. */
export function commandLine(version: string): Command {
  const program = new Command('causalscope')
    .description('Discover causal structure in paired, multimodal laboratory measurements, offline.')
    .version(version)
    .showHelpAfterError('(--help lists what there is)')
    .showSuggestionAfterError()
    .exitOverride()
  dataCommands(program)
  preparationCommand(program)
  trainingCommands(program)
  resultCommands(program)
  whatIfCommands(program)
  probeCommand(program)
  machineCommands(program)
  return program
}
