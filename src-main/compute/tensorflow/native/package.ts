/**
 * tfjs-node: the kernels in JavaScript and the binding's sources in C++. They are taken from the program's own packages, or
 * from the package's archive beside the library, which must be the one that was released, byte for byte.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { refused } from '../../../../src-shared/errors.ts'
import { makeFolder } from '../../../datasets/make-folder.ts'
import { ownPackage } from '../../own-package.ts'

/** That of TensorFlow.js here: its kernels are registered with our tfjs-core. */
export const packageVersion = '4.22.0'

/** What `npm pack` writes of each package, and the SHA-512 that the registry has published of it. Both hold the same sources. */
const archives: Readonly<Record<string, string>> = {
  [`tensorflow-tfjs-node-${packageVersion}.tgz`]:
    'uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  [`tensorflow-tfjs-node-gpu-${packageVersion}.tgz`]:
    'p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
}

const manifest = v.pipe(v.string(), v.parseJson(), v.object({ version: v.literal(packageVersion) }))

/** A package of the program that has the binding's sources, of the version that is wanted. */
async function installed(base: string): Promise<string | null> {
  for (const name of ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu']) {
    const main = ownPackage(name, base)
    if (main === null) continue
    const root = dirname(dirname(main))
    const text = await readFile(join(root, 'package.json'), 'utf8').catch(() => '')
    if (v.is(manifest, text) && existsSync(join(root, 'binding', 'tfjs_binding.cc'))) return root
  }
  return null
}

/** The archive in one of the folders, unpacked into `into`. Throws `refused` where it is not the one that was released. */
async function unpacked(folders: readonly string[], into: string): Promise<string | null> {
  for (const folder of folders)
    for (const [name, sha512] of Object.entries(archives)) {
      const file = join(folder, name)
      if (!existsSync(file)) continue
      const bytes = await readFile(file)
      if (createHash('sha512').update(bytes).digest('base64') !== sha512)
        throw refused(`${file} is not the archive that was released under this name.`, `Fetch it again: npm pack @tensorflow/tfjs-node@${packageVersion}`, { file }) // prettier-ignore
      // The bytes that were looked at, not what may lie under the name by now.
      const copy = join(into, 'package.tgz')
      await writeFile(copy, bytes)
      await promisify(execFile)('tar', ['-xzf', copy, '-C', into])
      await rm(copy)
      return join(into, 'package')
    }
  return null
}

/** Files whose names match, by reading and writing: a packaged program's lie in an archive that only these reach into. */
async function copyTree(from: string, to: string, names: RegExp): Promise<void> {
  await makeFolder(to)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target, names)
    else if (names.test(entry.name)) await writeFile(target, await readFile(source))
  }
}

/**
 * Puts dist/ and binding/ of tfjs-node into `into`.
 * @param folders where the archive may lie
 * @param base URL of a file of the program
 */
export async function providePackage(folders: readonly string[], into: string, base: string): Promise<void> {
  const scratch = join(into, 'archive')
  await makeFolder(scratch)
  const root = (await installed(base)) ?? (await unpacked(folders, scratch))
  if (root === null)
    throw refused(
      `The sources of tfjs-node's binding are not here: neither is the package installed, nor does its archive lie beside the library.`,
      `Where there is a network: npm pack @tensorflow/tfjs-node@${packageVersion}. Put the file that it writes into ${folders[0] ?? 'that folder'}, and run this again.`,
    )
  await copyTree(join(root, 'binding'), join(into, 'binding'), /\.(cc|h)$/)
  await copyTree(join(root, 'dist'), join(into, 'dist'), /(?<!_test)\.js$/)
  await rm(scratch, { recursive: true })
}
