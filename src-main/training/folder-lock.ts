/**
 * One trainer at a time in a run's folder. A trainer whose parent died still writes its last checkpoint; a run resumed
 * at that moment waits until it has gone instead of writing beside it.
 */
import { link, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { refused } from '../../src-shared/errors.ts'
import { isAlive } from '../datasets/abandoned.ts'
import { readPlain } from '../datasets/plain-file.ts'
import { startOf } from '../datasets/process-mark.ts'

const lockName = 'trainer.lock'
const retryMs = 200

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** The id of the process that a lock names, 0 where none can be read, and when that was started, where it says so. */
async function ownerOf(file: string): Promise<{ pid: number; started: string | null }> {
  const [pid = '', started = null] = (await readPlain(file).catch(() => '')).toString().split(' ')
  return { pid: Number(pid), started }
}

/** Where it is known when the owner was started, another process that has its number by now is not taken for it. */
function isAtWork({ pid, started }: { pid: number; started: string | null }): boolean {
  return isAlive(pid) && (started === null || startOf(pid) === started)
}

/** Puts the lock there unless it is there already: linked from a finished file, so that nobody reads an empty one. */
async function tryLock(file: string): Promise<boolean> {
  const own = `${file}-${process.pid}`
  const mark = [process.pid, startOf(process.pid) ?? []].flat().join(' ')
  await rm(own, { force: true })
  await writeFile(own, mark, { flag: 'wx' })
  try {
    await link(own, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // Some file systems of USB sticks and network shares have no links.
    await writeFile(file, mark, { flag: 'wx' }).catch((wx: unknown) => {
      if (codeOf(wx) !== 'EEXIST') throw wx
    })
    return (await ownerOf(file)).pid === process.pid
  } finally {
    await rm(own, { force: true })
  }
}

/**
 * Takes the folder and returns how to let it go. A lock left by a process that no longer lives is taken over.
 *
 * @throws CausalscopeError `refused` when another trainer is still at work there after `waitMs`.
 */
export async function lockFolder(folder: string, waitMs: number): Promise<() => Promise<void>> {
  const file = join(folder, lockName)
  const deadline = performance.now() + waitMs
  while (!(await tryLock(file))) {
    const owner = await ownerOf(file)
    if (!isAtWork(owner)) {
      await rm(file, { force: true })
    } else if (performance.now() < deadline) {
      await setTimeout(retryMs)
    } else {
      throw refused(
        `Another process (${owner.pid}) is still training in ${folder}.`,
        `Wait for it to end. If there is no such process, delete ${file}.`,
        { file },
      )
    }
  }
  return () => rm(file, { force: true })
}
