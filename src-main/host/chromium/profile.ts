/** The browser's profile: a temporary folder that ends with the window. Nothing of the person's own browser is touched. */
import { existsSync } from 'node:fs'
import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isAlive } from '../../datasets/abandoned.ts'
import { isLiving, ownMark, parseMark } from '../../datasets/process-mark.ts'

const prefix = 'causalscope-browser-'
const markName = 'causalscope-owner.json'

/** A new profile folder in `temporary`. */
export async function makeProfile(temporary: string): Promise<string> {
  const folder = await mkdtemp(join(temporary, `${prefix}${process.pid}-`))
  await writeFile(join(folder, markName), JSON.stringify(ownMark()))
  return folder
}

/** Whether the program that made the folder is gone for certain. A folder of another person is theirs to judge. */
async function isAbandoned(folder: string, pid: number): Promise<boolean> {
  const found = await lstat(folder).catch(() => null)
  if (found?.isDirectory() !== true || (process.getuid !== undefined && found.uid !== process.getuid())) return false
  const mark = parseMark(await readFile(join(folder, markName), 'utf8').catch(() => ''))
  return mark === null ? !isAlive(pid) : isLiving(mark) === false
}

/** Removes profiles whose program was killed before it could. */
export async function sweepProfiles(temporary: string): Promise<void> {
  for (const name of await readdir(temporary).catch(() => [])) {
    const owner = /^causalscope-browser-(\d+)-/.exec(name)?.[1]
    const folder = join(temporary, name)
    if (owner !== undefined && (await isAbandoned(folder, Number(owner)))) await removeProfile(folder)
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
