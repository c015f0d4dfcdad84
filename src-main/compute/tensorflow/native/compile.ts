/** tfjs-node's binding compiled against a TensorFlow: two C++ files, by the machine's own compiler. */
import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { failed, refused } from '../../../../src-shared/errors.ts'
import { makeFolder } from '../../../datasets/make-folder.ts'
import { ownPackage } from '../../own-package.ts'
import type { Library } from './library.ts'

const run = promisify(execFile)

const patience = 600_000

/** The compilers that Linux distributions know, after the one that the person chose. */
function names(environment: NodeJS.ProcessEnv): readonly string[] {
  const chosen = environment.CXX ?? ''
  return [...(chosen === '' ? [] : [chosen]), 'c++', 'g++', 'clang++']
}

/** The first compiler that answers. Throws `refused` where there is none. */
export async function findCompiler(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly command: string; readonly title: string }> {
  for (const command of names(environment)) {
    const answer = await run(command, ['--version'], { env: environment }).catch(() => null)
    if (answer !== null) return { command, title: answer.stdout.split('\n')[0]!.trim() }
  }
  throw refused(
    'There is no C++ compiler on this machine, and the binding has to be compiled once.',
    'Install one (Debian, Ubuntu: apt install g++; Fedora, Rocky: dnf install gcc-c++), or set CXX to its path, and run this again.',
  )
}

/** What of a compiler's or linker's many words says why. */
function reason(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  const telling = said.split('\n').find((line) => /error:|undefined reference|cannot find|file format/.test(line))
  return (telling ?? said.split('\n')[0]!).trim()
}

/** What to do about it. */
function advice(why: string): string {
  if (/node_api|js_native_api/.test(why)) return 'Install the program again: headers of its own are missing.'
  if (why.includes('No such file')) return 'The headers beside the library are not all there: take the Python wheel, whose headers are whole.' // prettier-ignore
  if (/undefined reference|cannot find/.test(why)) return 'Library and headers are not of one version: take both from one download.' // prettier-ignore
  return 'Take a newer compiler (g++ 9 or newer), or another version of TensorFlow.'
}

/** Node-API's headers as files that a compiler can read, wherever the program keeps them. */
async function nodeHeaders(into: string, base: string): Promise<string> {
  const main = ownPackage('node-api-headers', base)
  if (main === null) throw failed('The headers of Node-API are missing.', 'Install the program again.')
  const from = join(dirname(main), 'include')
  await makeFolder(into)
  for (const name of await readdir(from)) await writeFile(join(into, name), await readFile(join(from, name)))
  return into
}

/**
 * Compiles `folder`/binding to `folder`/tfjs_binding.node. The binding finds the library where it is now, whatever the
 * environment's search paths say. Throws `failed` with what the compiler said.
 */
export async function compileBinding(library: Library, compiler: string, folder: string, base: string): Promise<void> {
  const node = await nodeHeaders(join(folder, 'node-api'), base)
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(folder, 'binding', name))
  const places = [...new Set(library.files.map((file) => dirname(file)))]
  const args = [
    ...['-std=c++17', '-O2', '-w', '-shared', '-fPIC', '-DNAPI_VERSION=8'],
    ...['-I', node, '-I', library.include, ...sources, ...library.files],
    ...places.map((place) => `-Wl,--disable-new-dtags,-rpath,${place}`),
    // What is missing is told when it is loaded, not when a training first needs it.
    ...['-Wl,-z,now', '-o', join(folder, 'tfjs_binding.node')],
  ]
  try {
    await run(compiler, args, { timeout: patience, maxBuffer: 64 * 2 ** 20 })
  } catch (error) {
    const why = reason(error)
    throw failed(`The binding could not be compiled against the TensorFlow in ${library.folder}: ${why}`, advice(why), { file: library.folder }, error) // prettier-ignore
  }
}
