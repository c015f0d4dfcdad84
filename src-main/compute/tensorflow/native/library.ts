/** A TensorFlow library in a folder that a person points at, in the layouts in which it is handed out. */
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type CausalscopeError, refused } from '../../../../src-shared/errors.ts'

export interface Library {
  /** Where the layout begins, links followed. */
  readonly folder: string
  /** "a Python wheel" */
  readonly layout: string
  /** The files that are linked against, links followed; the first has the C API. */
  readonly files: readonly string[]
  readonly include: string
  /** As the headers, the wheel's record or the file's name tell it; null where none does. */
  readonly version: string | null
}

const layouts = [
  { layout: 'a Python wheel', files: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] },
  { layout: 'the C library', files: ['lib/libtensorflow.so.2', 'lib/libtensorflow_framework.so.2'] },
] as const

/** ELF's numbers of machines, by Node's names of them. */
const machines: Readonly<Record<string, number>> = { x64: 62, arm64: 183 }

const wheelHint =
  'Take a wheel of 2.12 or newer: "pip download --no-deps tensorflow-cpu" where there is a network, unpack it with unzip, and name the folder "tensorflow" in it.'

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** The folder itself, a wheel's or an environment's folder `tensorflow` in it. */
async function roots(folder: string): Promise<readonly string[]> {
  const pythons = (await namesIn(join(folder, 'lib'))).filter((name) => name.startsWith('python3'))
  return [
    folder,
    join(folder, 'tensorflow'),
    ...pythons.map((python) => join(folder, 'lib', python, 'site-packages', 'tensorflow')),
  ]
}

/** Why a folder or file without the library has none, as far as what is there tells. */
async function absence(named: string): Promise<CausalscopeError> {
  const details = { file: named }
  const entry = await stat(named).catch(() => null)
  if (entry === null) return refused(`There is no folder ${named}.`, 'Check the path.', details)
  const packed = entry.isFile() ? basename(named) : (await namesIn(named)).find((name) => name.endsWith('.whl'))
  if (packed?.endsWith('.whl') === true)
    return refused(`${packed} is a wheel that is still packed.`, `Unpack it (unzip ${packed} -d FOLDER), and name the folder "tensorflow" in it.`, details) // prettier-ignore
  if (packed !== undefined && /\.(tar\.gz|tgz|zip)$/.test(packed))
    return refused(`${packed} is still packed.`, `Unpack it into a folder, and name that folder.`, details)
  if (entry.isFile()) return refused(`${named} is a file.`, 'Name the folder that holds the library.', details)
  const all = [named, join(named, 'lib'), join(named, 'tensorflow')]
  const names = (await Promise.all(all.map(namesIn))).flat()
  if (names.some((name) => /^libtensorflow.*\.dylib$/.test(name) || /^tensorflow\.(dll|lib)$/.test(name)))
    return refused(`${named} holds TensorFlow for another system.`, 'Take the one for Linux.', details)
  if (names.includes('libtensorflow_framework.so.2') || names.includes('libtensorflow_framework.so.1'))
    return refused(`${named} holds a TensorFlow without its C API (libtensorflow_cc.so.2 or libtensorflow.so.2).`, wheelHint, details) // prettier-ignore
  return refused(`There is no TensorFlow library in ${named}.`, `Name a folder that holds libtensorflow_cc.so.2 and include/ (an unpacked wheel) or lib/libtensorflow.so.2 and include/ (the C library). ${wheelHint}`, details) // prettier-ignore
}

/** Throws `refused` for a library of another system or processor. */
async function requireMachine(file: string): Promise<void> {
  const handle = await open(file, 'r')
  const head = Buffer.alloc(20)
  try {
    await handle.read(head, 0, 20, 0)
  } finally {
    await handle.close()
  }
  const elf = head.toString('latin1', 0, 4) === '\x7fELF'
  if (elf && head.readUInt16LE(18) === machines[process.arch]) return
  const what = elf ? `is made for another processor than this machine's (${process.arch})` : 'is no library of Linux'
  throw refused(`${file} ${what}.`, 'Take the TensorFlow for this system and processor.', { file })
}

async function versionOf(root: string, file: string): Promise<string | null> {
  const header = await readFile(join(root, 'include/tensorflow/core/public/version.h'), 'utf8').catch(() => '')
  const parts = ['MAJOR', 'MINOR', 'PATCH'].map((part) => new RegExp(`define TF_${part}_VERSION (\\d+)`).exec(header)?.[1]) // prettier-ignore
  if (parts.every((part) => part !== undefined)) return parts.join('.')
  // Headers of 2.20 and newer leave the version to whoever compiles; a wheel has it in the name of the record beside it.
  for (const name of await namesIn(dirname(root))) {
    const record = /^tensorflow(?:_[a-z]+)?-(\d[^-]*)\.dist-info$/.exec(name)?.[1]
    if (record !== undefined) return record
  }
  return /\.so\.(\d+\.\d+\.\d+.*)$/.exec(basename(file))?.[1] ?? null
}

/** Throws `refused` where there is none, it is for another machine, or its headers are missing. Nothing of it is loaded. */
export async function findLibrary(named: string): Promise<Library> {
  if (process.platform !== 'linux')
    throw refused('A TensorFlow of your own can be used on Linux alone.', 'Use the engine wasm or webgpu.')
  for (const root of await roots(named))
    for (const { layout, files } of layouts) {
      const paths = files.map((file) => join(root, file))
      if (!(await Promise.all(paths.map(exists))).every(Boolean)) continue
      const folder = await realpath(root)
      const real = await Promise.all(paths.map((path) => realpath(path)))
      for (const file of real) await requireMachine(file)
      const include = join(folder, 'include')
      if (!(await exists(join(include, 'tensorflow/c/eager/c_api.h'))))
        throw refused(`The library in ${folder} has no headers beside it (include/tensorflow/c).`, 'Name the folder as it was unpacked, with include/ in it.', { file: folder }) // prettier-ignore
      return { folder, layout, files: real, include, version: await versionOf(folder, real[0]!) }
    }
  throw await absence(named)
}
