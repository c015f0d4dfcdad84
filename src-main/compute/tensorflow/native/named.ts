/**
 * The TensorFlow that this person named, as it is kept in their settings folder: the binding compiled for it, tfjs-node's
 * kernels, and a record of what both belong to. Nothing else is a place to load from.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { refused } from '../../../../src-shared/errors.ts'
import { writeWhole } from '../../../datasets/whole-file.ts'
import { settingsFolder } from '../../../datasets/settings-folder.ts'
import { makeFolder } from '../../../datasets/make-folder.ts'
import { requireGuarded, requireOwn } from './guard.ts'
import type { Library } from './library.ts'
import { packageVersion } from './package.ts'

const recordSchema = v.object({
  /** Of tfjs-node: what an older program compiled is compiled anew. */
  package: v.literal(packageVersion),
  folder: v.string(),
  /** Of the library: as it was when it was named. */
  files: v.array(v.object({ path: v.string(), bytes: v.number(), modified: v.number() })),
  /** SHA-256 of all that is loaded as code. */
  code: v.string(),
})

export interface Named {
  /** Where binding and kernels lie. */
  readonly place: string
  /** That of the library. */
  readonly folder: string
}

const place = (settings: string): string => join(settings, 'tensorflow')

/** Stand-ins for packages that tfjs-node asks for: our own tfjs-core, and nothing for TensorBoard's messages. */
const standIn = "module.exports = globalThis[Symbol.for('causalscope.tfjs')]\n"

/** Completes a folder with tfjs-node's dist/ in it, so that its modules find what they ask for. */
export async function completeKernels(folder: string): Promise<void> {
  for (const name of ['tfjs', 'tfjs-core']) {
    const module = join(folder, 'node_modules', '@tensorflow', name)
    await makeFolder(module)
    await writeFile(join(module, 'index.js'), standIn)
  }
  await writeFile(join(folder, 'dist', 'proto', 'api_pb.js'), 'module.exports = {}\n')
}

async function codeDigest(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile() && /\.(js|node)$/.test(entry.name))
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort())
    hash.update(file.slice(folder.length)).update(await readFile(file))
  return hash.digest('hex')
}

async function stateOf(path: string): Promise<v.InferOutput<typeof recordSchema>['files'][number]> {
  const { size, mtimeMs } = await stat(path)
  return { path, bytes: size, modified: Math.round(mtimeMs) }
}

/** Writes down what the folder was made for. */
export async function writeRecord(folder: string, library: Library): Promise<void> {
  const files = await Promise.all(library.files.map(stateOf))
  const record = { package: packageVersion, folder: library.folder, files, code: await codeDigest(folder) }
  await writeWhole(join(folder, 'named.json'), [`${JSON.stringify(record, null, 2)}\n`])
}

/** Whether a person named one, in whatever state it is now. */
export const isNamed = (settings = settingsFolder()): boolean => existsSync(place(settings))

/**
 * What this person named; null: nothing. Throws `refused` where it may not be loaded: others could have changed it, or the
 * library is gone or another one than it was.
 */
export async function readNamed(settings = settingsFolder()): Promise<Named | null> {
  const own = place(settings)
  if (!isNamed(settings)) return null
  await requireOwn(own)
  const text = await readFile(join(own, 'named.json'), 'utf8').catch(() => '')
  const record = v.safeParse(v.pipe(v.string(), v.parseJson(), recordSchema), text)
  const again = 'Name the library again: causalscope engines --native FOLDER'
  if (!record.success) throw refused('What was kept of your TensorFlow is damaged or of another version of the program.', again) // prettier-ignore
  const { folder, files, code } = record.output
  for (const { path, bytes, modified } of files) {
    const now = await stateOf(path).catch(() => null)
    if (now === null) throw refused(`Your TensorFlow is no longer in ${folder}.`, again, { file: path })
    if (now.bytes !== bytes || now.modified !== modified)
      throw refused(`Your TensorFlow in ${folder} has changed since it was named.`, again, { file: path })
    await requireGuarded(path)
  }
  if ((await codeDigest(own)) !== code) throw refused('The binding of your TensorFlow has changed since it was compiled.', again) // prettier-ignore
  return { place: own, folder }
}
