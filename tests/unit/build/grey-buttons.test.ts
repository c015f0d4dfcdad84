/** A button that cannot be pressed says why: held to the sources, for no test comes to every grey button there is. */
import { readFileSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..', 'src-renderer')

/** The attributes of every Button and IconButton of the source. */
function buttons(source: string): string[] {
  const found: string[] = []
  for (const { index, 0: start } of source.matchAll(/<(?:Icon)?Button\b/g)) {
    let depth = 0
    let end = index + start.length
    for (; end < source.length && !(depth === 0 && source[end] === '>'); end++) {
      if (source[end] === '{') depth++
      if (source[end] === '}') depth--
    }
    found.push(source.slice(index, end))
  }
  return found
}

test('every button that can be grey says why it is', () => {
  const files = globSync('**/*.svelte', { cwd: root }).filter((file) => !/[/\\](Icon)?Button\.svelte$/.test(file))
  const grey = files.flatMap((file) =>
    buttons(readFileSync(join(root, file), 'utf8'))
      .filter((button) => /\sdisabled[\s={]/.test(`${button} `))
      .map((button) => ({ file, button })),
  )
  expect(grey.length).toBeGreaterThan(30)
  expect(grey.filter(({ button }) => !/\s(why=|\{why\})/.test(button))).toEqual([])
})
