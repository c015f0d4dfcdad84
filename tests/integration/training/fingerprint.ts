/**
 * What two runs must share to be called the same: every number of the result, but not how long it took, nor the instructions
 * that were the faster ones at its start: which, time decides, and on a busy machine differently.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export async function fingerprint(runFolder: string): Promise<string> {
  const result = await readFile(join(runFolder, 'result.json'), 'utf8')
  const arrays = await readFile(join(runFolder, 'samples.npz'))
  return createHash('sha256')
    .update(result.replace(/"(seconds|engineDetail)": .*/g, ''))
    .update(arrays)
    .digest('hex')
}
