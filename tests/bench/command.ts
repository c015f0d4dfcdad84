/** The application's command line as benches use it. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const cli = join(import.meta.dirname, '../../src-main/cli.ts')

/** Runs one command and returns the last line of its output where that is JSON. Throws with what the command said. */
export async function causalscope(...args: string[]): Promise<unknown> {
  return (await causalscopeTold(...args)).answer
}

/** The same beside what it told on its way. */
export async function causalscopeTold(...args: string[]): Promise<{ answer: unknown; told: string }> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`causalscope ${args.join(' ')} ended with ${String(code)}:\n${err}`)
  const last = out.slice(out.trimEnd().lastIndexOf('\n') + 1)
  return { answer: last.startsWith('{') ? JSON.parse(last) : null, told: err }
}
