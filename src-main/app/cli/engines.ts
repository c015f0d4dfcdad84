import { describeEngines } from '../../compute/registry.ts'
import type { Terminal } from './terminal.ts'

/** `engines`: each engine, in the order of choice: whether it is here, on what, and why not. */
export async function engines(terminal: Terminal): Promise<void> {
  const described = await describeEngines()
  const chosen = described.find((engine) => engine.present && engine.reason === null)
  for (const engine of described) {
    const what = engine.present ? `present, ${engine.device ?? ''}` : 'not present'
    const why = engine.reason === null ? '' : ` (${engine.reason})`
    const choice = engine === chosen ? '; chosen by default' : ''
    await terminal.result({ ...engine, chosen: engine === chosen }, `${engine.name}: ${what}${why}${choice}`)
  }
}
