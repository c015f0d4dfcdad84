/** A TensorFlow of the person's own as an engine: looked at, its binding compiled, tried, and remembered if it is sound. */
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { errorData } from '../../src-shared/contract/shapes.ts'
import { CausalscopeError, failed, refused } from '../../src-shared/errors.ts'
import { compileBinding, findCompiler } from '../compute/tensorflow/native/compile.ts'
import { requireGuarded } from '../compute/tensorflow/native/guard.ts'
import { findLibrary, type Library } from '../compute/tensorflow/native/library.ts'
import { completeKernels, isNamed, writeRecord } from '../compute/tensorflow/native/named.ts'
import { providePackage } from '../compute/tensorflow/native/package.ts'
import type { Tried } from '../compute/tensorflow/native/try.ts'
import { verdictOn } from '../compute/tensorflow/native/version.ts'
import { makeFolder } from '../datasets/make-folder.ts'
import { settingsFolder } from '../datasets/settings-folder.ts'
import { askOnce, lastWords } from '../training/ask-once.ts'
import { type Spawn, spawnNode } from '../training/spawn.ts'

/** The check takes seconds; a library that hangs is as good as none. */
const patience = 600_000

const replySchema = v.variant('type', [
  v.object({
    type: v.literal('tried'),
    engine: v.picklist(['tensorflow', 'tensorflow-gpu']),
    version: v.string(),
    cases: v.number(),
    failed: v.array(v.string()),
    said: v.nullable(v.string()),
  }),
  v.object({ type: v.literal('error'), error: errorData }),
])

function processFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`../training/own-tensorflow-process.${extension}`, import.meta.url))
}

/** What became of the library, loaded for the first time in a process of its own. */
async function tryIn(settings: string, spawn: Spawn): Promise<Tried> {
  const hint = 'It may be made for another processor or system: take another TensorFlow.'
  return askOnce(processFile(), {
    ...{ spawn, options: { heapLimitMb: null } },
    job: () => ({ settings }),
    hear: (message) => {
      const reply = v.parse(replySchema, message)
      if (reply.type === 'tried') return reply
      throw new CausalscopeError(reply.error)
    },
    endedEarly: (exit) =>
      failed(`The library ended the process that tried it (${exit.signal ?? `exit code ${exit.code ?? 'unknown'}`}). ${lastWords(exit)}`.trim(), hint), // prettier-ignore
    patience: { milliseconds: patience, tooLong: () => failed('Trying the library took too long.', hint) },
  })
}

/** "2.20.0" of 2.20.0rc1 as wheels write it, 2.20.0-rc1 as the library does. */
const release = (version: string): string => /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? version

/** Throws `refused` where the library is not what its folder says, or computes otherwise than it should. */
function requireSound(library: Library, tried: Tried): void {
  const details = { file: library.folder }
  if (library.version !== null && release(library.version) !== release(tried.version))
    throw refused(`${library.folder} says TensorFlow ${library.version}, but its library says ${tried.version}.`, 'Two versions lie in one folder: unpack one alone into a new folder.', details) // prettier-ignore
  const verdict = verdictOn(tried.version)
  if (!verdict.accepted) throw refused(verdict.words, verdict.hint, details)
  if (tried.failed.length === 0) return
  const [count, some] = [tried.failed.length, tried.failed.slice(0, 5).join(', ')]
  const said = tried.said === null ? '' : ` (${tried.said.split('\n')[0]!})`
  throw refused(`TensorFlow ${tried.version} computes otherwise than the plain CPU engine in ${count} of ${tried.cases} ops and gradients: ${some}${said}.`, 'Nothing is trained on it. Take another version.', details) // prettier-ignore
}

/** The folder of what is named, put in place of what was named before. */
async function keep(made: string, settings: string): Promise<void> {
  const [place, before] = [join(settings, 'tensorflow'), join(dirname(made), 'before')]
  if (isNamed(settings)) await rename(place, before)
  await rename(made, place)
}

interface Machine {
  readonly spawn?: Spawn
  /** URL of a file of the program. */
  readonly program?: string
  /** Where it is remembered. */
  readonly settings?: string
}

export interface NamedTensorflow extends Tried {
  readonly folder: string
  readonly layout: string
}

/**
 * Looks at the TensorFlow in `folder`, compiles tfjs-node's binding for it, tries it in a process of its own and, when all
 * its numbers are right, remembers it for this person. Until then nothing is changed.
 * @param said takes each step in words, as it begins
 * @throws CausalscopeError `refused` or `failed` with what is wrong and what to do
 */
export async function nameTensorflow(
  folder: string,
  said: (words: string) => void,
  { spawn = spawnNode, program = import.meta.url, settings = settingsFolder() }: Machine = {},
): Promise<NamedTensorflow> {
  const library = await findLibrary(folder)
  const verdict = verdictOn(library.version)
  if (!verdict.accepted) throw refused(verdict.words, verdict.hint, { file: library.folder })
  said(
    `Found TensorFlow${library.version === null ? '' : ` ${library.version}`} in ${library.folder}, ${library.layout}: ${verdict.words}.`,
  )
  for (const file of [...library.files, library.include]) await requireGuarded(file)
  const compiler = await findCompiler()
  await makeFolder(settings)
  const scratch = await mkdtemp(join(settings, '.tensorflow-'))
  try {
    const made = join(scratch, 'tensorflow')
    await makeFolder(made)
    await chmod(made, 0o700)
    await providePackage([folder, library.folder], made, program)
    await completeKernels(made)
    said(`Compiling the binding with ${compiler.title} …`)
    await compileBinding(library, compiler.command, made, program)
    await writeRecord(made, library)
    said('Comparing its ops and gradients with the plain CPU engine …')
    const tried = await tryIn(scratch, spawn)
    requireSound(library, tried)
    await keep(made, settings)
    return { ...tried, folder: library.folder, layout: library.layout }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Forgets what was named; the library itself stays. False: nothing was named. */
export async function forgetTensorflow(settings = settingsFolder()): Promise<boolean> {
  if (!isNamed(settings)) return false
  await rm(join(settings, 'tensorflow'), { recursive: true })
  return true
}
