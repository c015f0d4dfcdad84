/** Compiles the AssemblyScript training kernels into out/kernels, one module for each instruction set. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { doubleMicroKernelSource, microKernelSource } from './micro-kernels.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const engineFolder = 'src-main/compute/wasm/assembly'
const statisticsFolder = 'src-main/statistics/linear-algebra/assembly'
const outputFolder = path.join(root, 'out/kernels')

/** Relaxed SIMD has fused multiply-add; a machine or runtime without it takes the other. */
const instructionSets = [
  { name: 'relaxed', features: 'simd,relaxed-simd,bulk-memory' },
  { name: 'simd', features: 'simd,bulk-memory' },
]

/** Folders of models that bring kernels, by the model's name: models/NAME/kernels/assembly. */
const modelFolders = new Map(
  readdirSync(path.join(root, 'src-main/models')).flatMap((name) => {
    const folder = `src-main/models/${name}/kernels/assembly`
    return existsSync(path.join(root, folder)) ? [[name, folder] as const] : []
  }),
)

/** The kernels of a thread's own memory, those of the statistics, those of each model and those of memory that threads share. */
const entries = [
  { source: `${engineFolder}/index.ts`, name: 'training', features: '', options: [] },
  { source: `${statisticsFolder}/index.ts`, name: 'linear-algebra', features: '', options: [] },
  ...Array.from(modelFolders, ([name, folder]) => ({ source: `${folder}/index.ts`, name, features: '', options: [] })),
  {
    source: `${engineFolder}/shared.ts`,
    name: 'shared',
    features: ',threads',
    options: ['--sharedMemory', '--maximumMemory', '65536'],
  },
]

const variants = entries.flatMap((entry) =>
  instructionSets.map((set) => ({
    source: entry.source,
    file: `${entry.name}-${set.name}.wasm`,
    features: set.features + entry.features,
    options: entry.options,
  })),
)

const compilerOptions = ['-O3', '--noAssert', '--importMemory', '--initialMemory', '0', '--runtime', 'stub']

/** By path from the program's folder. */
function readSources(): Map<string, string> {
  const sources = new Map([
    [`${engineFolder}/micro-kernels.ts`, microKernelSource()],
    [`${statisticsFolder}/micro-kernels.ts`, doubleMicroKernelSource()],
  ])
  for (const folder of [engineFolder, statisticsFolder, ...modelFolders.values()])
    for (const file of readdirSync(path.join(root, folder)).sort())
      if (file.endsWith('.ts')) sources.set(`${folder}/${file}`, readFileSync(path.join(root, folder, file), 'utf8'))
  return sources
}

interface Compiler {
  main(
    options: readonly string[],
    files: {
      readFile(name: string): string | null
      writeFile(name: string, contents: Uint8Array | string): void
      listFiles(): string[]
    },
  ): Promise<{ readonly error: Error | null }>
}

function isCompiler(module: object): module is Compiler {
  return 'main' in module && typeof module.main === 'function'
}

/** By a name that TypeScript does not follow: the compiler's own types declare an Array whose `at` always finds. */
async function loadCompiler(): Promise<Compiler> {
  const name = ['assemblyscript', 'asc'].join('/')
  const module = (await import(name)) as object
  if (!isCompiler(module)) throw new Error(`${name} is not the compiler that this was written for`)
  return module
}

/** Compiles what is older than its sources and returns the files written, relative to the project. */
export async function compileKernels(): Promise<string[]> {
  const sources = readSources()
  const hash = createHash('sha256')
    .update(JSON.stringify([...sources, variants, compilerOptions]))
    .digest('hex')
  const stamp = path.join(outputFolder, 'sources.sha256')
  const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
  if (fresh && variants.every(({ file }) => existsSync(path.join(outputFolder, file)))) return []
  const asc = await loadCompiler()
  mkdirSync(outputFolder, { recursive: true })
  const written: string[] = []
  for (const { source, file, features, options } of variants) {
    const output: { bytes: Uint8Array | null } = { bytes: null }
    const { error } = await asc.main(
      [source, '--outFile', file, '--enable', features, ...compilerOptions, ...options],
      {
        readFile: (name: string) => sources.get(path.posix.normalize(name)) ?? null,
        writeFile: (name: string, contents: Uint8Array | string) => {
          if (name === file && typeof contents !== 'string') output.bytes = contents
        },
        listFiles: () => [],
      },
    )
    if (error !== null || output.bytes === null) throw new Error(`${file} was not compiled`, { cause: error })
    // Another process may be reading the old one: it is replaced whole.
    const temporary = path.join(outputFolder, `${file}.${process.pid}`)
    writeFileSync(temporary, output.bytes)
    renameSync(temporary, path.join(outputFolder, file))
    written.push(path.join('out/kernels', file))
  }
  writeFileSync(stamp, hash)
  return written
}
