/** How large the window was, kept between starts; where it stands is the window manager's to say. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { makeFolderSync } from '../../datasets/make-folder.ts'

const side = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(16_384))
const windowSize = v.object({ width: side(640), height: side(480) })
export type WindowSize = v.InferOutput<typeof windowSize>

export const usualSize: WindowSize = { width: 1280, height: 800 }

/** The size kept in `file`; the usual one when there is none. */
export function readWindowSize(file: string | null): WindowSize {
  if (file === null) return usualSize
  try {
    return v.parse(windowSize, JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return usualSize
  }
}

/** Keeps what fits; losing the window's size is not worth a word. */
export function writeWindowSize(file: string, width: unknown, height: unknown): void {
  const size = v.safeParse(windowSize, { width, height })
  if (!size.success) return
  try {
    makeFolderSync(dirname(file))
    writeFileSync(`${file}.tmp`, JSON.stringify(size.output))
    renameSync(`${file}.tmp`, file)
  } catch {
    // Nothing depends on it.
  }
}
