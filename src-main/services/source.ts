/** What may be read at all, before a process is started for it. */
import { stat } from 'node:fs/promises'
import { refused } from '../../src-shared/errors.ts'

/** Throws `refused` for a source that is neither a file nor a folder: reading a pipe or a device would never end. */
export async function requireSource(source: string): Promise<void> {
  const found = await stat(source).catch(() => null)
  if (found === null || found.isFile() || found.isDirectory()) return
  throw refused(`${source} is neither a file nor a folder.`, 'Choose a file or a folder with measurements.', {
    file: source,
  })
}
