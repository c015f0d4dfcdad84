/** The map from equations to functions leads somewhere: every `file.ts:name` in it is a name that the file declares. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../..')
const model = join(root, 'src-main/models/causal-pima')

function references(file: string): [file: string, name: string][] {
  return Array.from(readFileSync(file, 'utf8').matchAll(/([\w./-]+\.ts):(\w+)/g), ([, path, name]) => [path!, name!])
}

function declares(file: string, name: string): boolean {
  return new RegExp(`\\b(function\\*?|class|const|interface) ${name}\\b|^  #?${name}\\(`, 'm').test(
    readFileSync(file, 'utf8'),
  )
}

describe('from an equation to its function', () => {
  it.each(references(join(model, 'README.md')))('README: %s declares %s', (path, name) => {
    const file = join(model, path)
    expect(existsSync(file)).toBe(true)
    expect(declares(file, name)).toBe(true)
  })

  it.each(references(join(root, 'docs/causal-pima.md')))('docs: %s declares %s', (path, name) => {
    const found = path.startsWith('src-')
      ? [join(root, path)]
      : globSync('{models,statistics}/**/*.ts', { cwd: join(root, 'src-main') })
          .filter((candidate) => basename(candidate) === basename(path))
          .map((candidate) => join(root, 'src-main', candidate))
    expect(found.some((file) => declares(file, name))).toBe(true)
  })
})
