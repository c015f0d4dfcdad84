/** The browser's profile: a temporary folder that ends with the window. Nothing of the person's own browser is touched. */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const prefix = 'causalscope-browser-'

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A new profile folder in `temporary`. */
export async function makeProfile(temporary: string): Promise<string> {
  return await mkdtemp(join(temporary, `${prefix}${process.pid}-`))
}

/** Removes profiles whose program was killed before it could. */
export async function sweepProfiles(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const owner = /^causalscope-browser-(\d+)-/.exec(name)?.[1]
    if (owner !== undefined && !alive(Number(owner))) await removeProfile(join(temporary, name))
  }
}

/** Tried until it stays away: the browser's last child may still be writing. What remains then is left to the next sweep. */
export async function removeProfile(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    await setTimeout(25 * (attempt + 1))
    if (!existsSync(folder)) return
  }
}
