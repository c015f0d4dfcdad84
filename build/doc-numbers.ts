/**
 * `npm run docs:numbers`: makes the numbers of docs/cli.md and of README.md's demo anew. The commands shown there with what
 * they print are run in their order in a folder of their own; a printed line that differs from a shown one in its numbers
 * alone takes its place, and shown lines that nothing printed are listed, for a person to mend. Takes some minutes;
 * `-- --only synth,import` runs these commands alone (and what they need must be among them).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..')
/** A documentation page whose numbers are made anew. */
class Page {
  readonly #name: string
  readonly lines: string[]

  constructor(name: string) {
    this.#name = name
    this.lines = readFileSync(join(root, name), 'utf8').split('\n')
  }

  /** Takes what was printed for what is shown from a line on, until its block or command ends. */
  renew(from: number, told: string[]): void {
    for (let i = from; !/^(?:```|\$ )/.test(this.lines[i]!); i++) {
      const shown = this.lines[i]!
      if (shown === '...' || masked(shown) === '') continue
      const found = told.findIndex((line) => masked(line) === masked(shown))
      if (found === -1) {
        console.log(`${this.#name}, line ${i + 1} is not printed any more: ${shown}`)
        gone++
        continue
      }
      const [line] = told.splice(found, 1)
      if (line !== shown) changed++
      this.lines[i] = line!
    }
  }

  write(): void {
    writeFileSync(join(root, this.#name), this.lines.join('\n'))
  }
}

/** On the front page, blocks of no language are what the demo prints. */
function renewDemo(readme: Page, told: string[]): void {
  const fences = readme.lines.flatMap((line, at) => (line.startsWith('```') ? [at] : []))
  for (const [n, at] of fences.entries()) if (n % 2 === 0 && readme.lines[at] === '```') readme.renew(at + 1, told)
}

/** One session: each uses what those before it made. Others need data of a reader's own, or take long. */
const session = ['demo --out demo', 'synth circles-line', 'import circles ', 'train --project lab.causalscope --method causal-pima --seed 1', 'runs --project lab', 'evaluate --project lab.causalscope --run 1 --truth circles', 'name --project lab.causalscope --run 1 N1=', 'intervene --project lab', 'bench step'] // prettier-ignore

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const only = values.only?.split(',') ?? null
const wanted = session.filter((command) => only === null || only.some((name) => command.startsWith(name)))

let [changed, gone] = [0, 0]

const masked = (line: string): string =>
  line
    .replaceAll(/\d[\d.,:]*\d|\d/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** What a command prints, both streams, a line each. */
function printed(folder: string, command: string): readonly string[] {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!)
  // What replicates add is shown with the command that makes them.
  const more = words[0] === 'train' ? ['--replicates', '0'] : []
  const options = { cwd: folder, encoding: 'utf8' } as const
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'src-main/cli.ts'), ...words, ...more], options) // prettier-ignore
  if (status !== 0) throw new Error(`causalscope ${command} ended with ${status}:\n${stderr}`)
  return `${stdout}\n${stderr}`.replaceAll(`${folder}/`, '').split('\n')
}

const folder = mkdtempSync(join(tmpdir(), 'causalscope-numbers-'))
const [page, readme] = [new Page('docs/cli.md'), new Page('README.md')]
try {
  for (const start of wanted) {
    const at = page.lines.findIndex((line) => line.startsWith(`$ causalscope ${start}`))
    if (at === -1) throw new Error(`docs/cli.md shows no command that begins with "causalscope ${start}"`)
    const told = printed(folder, page.lines[at]!.slice('$ causalscope '.length))
    page.renew(at + 1, [...told])
    if (start.startsWith('demo')) renewDemo(readme, [...told])
  }
} finally {
  // What was made before a command that no longer works stands all the same.
  page.write()
  readme.write()
  console.log(`${changed} lines have new numbers, ${gone} are to be looked at.`)
  rmSync(folder, { recursive: true })
}
