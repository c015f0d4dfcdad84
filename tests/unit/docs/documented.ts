/** The commands that stand in the documentation. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../../..')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ...readdirSync(join(root, 'tests/bench')).flatMap((name) => (name.endsWith('.md') ? [`tests/bench/${name}`] : [])),
]

interface Found {
  readonly page: string
  readonly text: string
}

/** What stands in code, in lines of its own or within one: a line each, continued lines joined. */
function codeOf(page: string): Found[] {
  const text = readFileSync(join(root, page), 'utf8')
  const blocks = [...text.matchAll(/^```(?:sh)?\n(.*?)^```/gms)].map(([, block]) => block!)
  const inline = [...text.replaceAll(/^```.*?^```/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)
  return [...blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n')), ...inline]
    .flatMap((line) =>
      line
        .replace(/^\$ /, '')
        .replace(/\s#\s.*$/, '')
        .split(/ && |; /),
    ) // prettier-ignore
    .map((line) => ({ page, text: line.trim().replace(/^alias \w+='(.*)'$/, '$1') }))
}

export const code = pages.flatMap(codeOf)
export const starting = (start: RegExp): Found[] =>
  code.flatMap(({ page, text }) => (start.test(text) ? [{ page, text: text.replace(start, '') }] : []))
