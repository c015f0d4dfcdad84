/** Files that other programs wrote (tests/fixtures/formats), and what was written into them. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { rmSync } from 'node:fs'
import type { FilePlace } from '../../../../src-main/importers/formats/format.ts'
import { CausalscopeError } from '../../../../src-shared/errors.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'formats')

export function fixture(name: string): FilePlace {
  return { absolute: join(folder, name), path: name }
}

export function fixtureBytes(name: string): Buffer {
  return readFileSync(join(folder, name))
}

/** A file of its own for the test, with these bytes. */
export function fileOf(name: string, bytes: Uint8Array): FilePlace {
  const own = mkdtempSync(join(tmpdir(), 'format-'))
  onTestFinished(() => rmSync(own, { recursive: true, force: true }))
  writeFileSync(join(own, name), bytes)
  return { absolute: join(own, name), path: name }
}

/** What is refused, as a person reads it; fails where nothing is. */
export async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof CausalscopeError && error.code === 'refused' && error.hint !== '') return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

export const count = 12
export const ids = Array.from({ length: count }, (_, i) => `s${String(i + 1).padStart(3, '0')}`)
export const carbon = ids.map((_, i) => (i === 1 ? 1.234 : i === 4 ? 1 / 3 : 0.1 + 0.013 * i))
export const hardness = ids.map((_, i) => 150 + 7 * i)
