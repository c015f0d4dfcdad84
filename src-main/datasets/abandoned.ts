/** What killed processes leave behind, under names that hold their ids. */
import { readdir } from 'node:fs/promises'

/** Whether a process of this id is running. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Names in the folder made by a process that no longer runs. `pidOf`: the id in a name, NaN where it holds none. */
export async function abandonedIn(folder: string, pidOf: (name: string) => number): Promise<string[]> {
  return (await readdir(folder)).filter((name) => {
    const pid = pidOf(name)
    return pid > 0 && !isAlive(pid)
  })
}
