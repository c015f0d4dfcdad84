/**
 * `npm run bench -- NAME ...`: one of the programs of this folder, with what follows as its arguments, on the project's
 * Node whatever the system's is. Without a name, or with one that is not there, it lists them.
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [name = '', ...rest] = process.argv.slice(2)
const folder = import.meta.dirname

/** Programs say in their first lines how they are started; the other files of the folder are their parts. */
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length))
  .filter((each) => readFileSync(join(folder, `${each}.ts`), 'utf8').includes(`npm run bench -- ${each}`))

if (names.includes(name)) {
  const child = spawn(process.execPath, [join(folder, `${name}.ts`), ...rest], { stdio: 'inherit' })
  // A terminal's Ctrl-C reaches both; a bench ends as it likes, and this after it.
  process.on('SIGINT', () => undefined)
  child.on('close', (code) => (process.exitCode = code ?? 1))
} else {
  console.error(`${name === '' ? 'Which bench?' : `There is no bench "${name}".`} There are ${names.join(', ')}.`)
  process.exitCode = 2
}
