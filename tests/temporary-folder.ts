/**
 * One temporary folder for a run of the tests, in which all others are made, so that none is left behind: neither by a test
 * that forgets its own nor by one that fails before it can take it away.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const names = ['TMPDIR', 'TEMP', 'TMP']

/** Vitest calls it before its workers start; they have its environment. Answers what is to be done in the end. */
export default function temporaryFolder(): () => void {
  const before = names.map((name) => [name, process.env[name]] as const)
  const folder = mkdtempSync(join(tmpdir(), 'cs-tests-'))
  for (const name of names) process.env[name] = folder
  return () => {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
