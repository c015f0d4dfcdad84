/**
 * Native code runs with all that the person may do, so it is taken only from where nobody else can have put it: files and
 * folders that any user of the machine may change are refused.
 */
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { refused } from '../../../../src-shared/errors.ts'

const byAnyone = 0o002
const byGroup = 0o020
/** In a folder with it, as /tmp, others may add files but neither replace nor rename this one. */
const sticky = 0o1000

/** Throws `refused` where a file, or a folder above it, may be changed by every user of the machine. */
export async function requireGuarded(path: string): Promise<void> {
  for (let at = resolve(path), below = ''; at !== below; below = at, at = dirname(at)) {
    const { mode } = await stat(at)
    if ((mode & byAnyone) === 0 || (below !== '' && (mode & sticky) !== 0)) continue
    throw refused(
      `Every user of this machine may change ${at}, so the library there may be anyone's.`,
      `Take that right away (chmod o-w ${at}), or copy the library into a folder of your own.`,
      { file: at },
    )
  }
}

/** Throws `refused` where a file or folder is not this person's own alone to change. */
export async function requireOwn(path: string): Promise<void> {
  const { mode, uid } = await stat(path)
  const me = process.getuid?.() ?? uid
  if ((uid === me || uid === 0) && (mode & (byAnyone | byGroup)) === 0) return
  throw refused(`${path} may be changed by others, so nothing is loaded from it.`, `Delete ${path}.`, { file: path })
}
