/**
 * Evaluates golden files with the project's own numerical core: a line a case with its largest error, then the largest
 * of all. Exit 1 outside a tolerance, 2 for a file that cannot be read.
 *
 *     npm run --silent check:golden -- FILE.json ...     (default: every file of tests/fixtures/golden)
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { toErrorData } from '../../src-shared/errors.ts'
import { evaluateCase, readGolden } from './evaluate.ts'
import { goldenKinds } from './kinds.ts'

const ownFiles = join(import.meta.dirname, '../fixtures/golden')

async function check(files: readonly string[]): Promise<number> {
  let largest = 0
  let passed = 0
  let failed = 0
  const uncovered = new Set<string>()
  let uncoveredCases = 0
  for (const file of files) {
    for (const golden of await readGolden(file)) {
      const verdict = await evaluateCase(golden, goldenKinds)
      const title = `${verdict.kind} / ${verdict.name}`
      if (!verdict.covered) {
        uncovered.add(verdict.kind)
        uncoveredCases++
        console.log(`${title}: not covered`)
        continue
      }
      largest = Math.max(largest, verdict.error)
      if (verdict.passed) passed++
      else failed++
      const where = verdict.field === '' ? '' : ` (${verdict.field})`
      console.log(`${title}: ${verdict.error.toExponential(2)}${where}${verdict.passed ? '' : ' OUTSIDE TOLERANCE'}`)
    }
  }
  console.log(`${passed} passed, ${failed} failed`)
  if (uncoveredCases > 0) console.log(`${uncoveredCases} cases not covered (${[...uncovered].join(', ')})`)
  console.log(`max_error ${largest.toExponential(3)}`)
  return failed === 0 ? 0 : 1
}

async function defaultFiles(): Promise<string[]> {
  const names = (await readdir(ownFiles)).filter((name) => name.endsWith('.json')).sort()
  return names.map((name) => join(ownFiles, name))
}

try {
  const named = process.argv.slice(2)
  process.exitCode = await check(named.length > 0 ? named : await defaultFiles())
} catch (error) {
  const { message, hint, code } = toErrorData(error)
  console.error(`${message} ${hint}`.trim())
  process.exitCode = code === 'refused' ? 2 : 1
}
