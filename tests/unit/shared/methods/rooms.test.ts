import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { changedFiles } from '../../../fake-method/tree.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

/** The lists: what a method is, trains, shows, and which ops it brings along. */
const lists: readonly string[] = [...changedFiles, 'src-main/models/conformance-cases.ts']

/** Files that know causalPIMA though they are not its own, each with its reason. */
const outside: Readonly<Record<string, string>> = {
  'src-main/cli/demo.ts': 'trains it on the bundled sample',
  'src-main/cli/bench/step.ts': 'times its step',
}

/** Source files outside its own folders and the lists that mention it or import from its folders. */
function mentioning(): string[] {
  return globSync('src-{shared,main,renderer}/**/*.{ts,svelte}', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('/causal-pima/') && !lists.includes(file))
    .sort()
    .filter((file) => {
      // docs/causal-pima.md is where equations come from, whoever uses them.
      const text = readFileSync(join(root, file), 'utf8').replaceAll('causal-pima.md', '')
      return /causal-?pima/i.test(text)
    })
}

it('leaves a method to its own folders and the lists, but for the files named here', () => {
  expect(mentioning()).toEqual(Object.keys(outside).sort())
  expect(mentioning().length).toBeLessThan(5)
})
