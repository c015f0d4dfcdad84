/** Options that several commands share, and what is written to. */
import { Option } from 'commander'
import type { EngineName } from '../../../src-shared/domain/run.ts'
import { defaultReplicates } from '../../../src-shared/domain/replication.ts'
import { natural, positive } from '../arguments.ts'
import { Terminal } from '../terminal.ts'

const engineNames = ['auto', 'tensorflow-gpu', 'webgpu', 'tensorflow', 'wasm', 'cpu'] as const satisfies readonly (
  EngineName | 'auto'
)[]

export type EngineChoice = (typeof engineNames)[number]

export const project = (): Option =>
  new Option('--project <file>', 'project file (*.causalscope)').makeOptionMandatory()
export const json = (): Option => new Option('--json', 'results as JSON, one object a line')
export const run = (): Option => new Option('--run <id>', 'number of the run').argParser(positive).makeOptionMandatory()

export const since = (): Option =>
  new Option('--knowledge <file>', 'what is known since, as train takes it: graphs that agree')

export const engine = (): Option =>
  new Option('--engine <engine>', 'tensor engine').choices(engineNames).default('auto')

export const replicates = (): Option =>
  new Option(
    '--replicates <r>',
    `trainings on other parts of the samples that show what of the run returns; 0: none (default: ${defaultReplicates})`,
  ).argParser(natural)

export interface Json {
  readonly json?: true
}

export function terminalOf({ json: asJson }: Json): Terminal {
  return new Terminal(asJson === true)
}
