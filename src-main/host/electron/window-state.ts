/** Where the window was and how large, kept between starts. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { makeFolderSync } from '../../datasets/make-folder.ts'

const bounds = v.object({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
  width: v.pipe(v.number(), v.integer(), v.minValue(640)),
  height: v.pipe(v.number(), v.integer(), v.minValue(480)),
})
export type Bounds = v.InferOutput<typeof bounds>

const windowState = v.object({ bounds, maximized: v.boolean() })
export type WindowState = v.InferOutput<typeof windowState>

/** At least this much of the window's title bar must be on some screen, in points. */
const grip = { width: 120, height: 40 }

function reachable(state: Bounds, area: Bounds): boolean {
  const across = Math.min(state.x + state.width, area.x + area.width) - Math.max(state.x, area.x)
  const below = area.y + area.height - state.y
  return across >= grip.width && below >= grip.height && state.y >= area.y
}

/** The state kept in `file`; null when there is none, or when it lies on a screen that is gone. */
export function readWindowState(file: string, workAreas: readonly Bounds[]): WindowState | null {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
  const state = v.safeParse(windowState, content)
  return state.success && workAreas.some((area) => reachable(state.output.bounds, area)) ? state.output : null
}

/** Losing the window's place is not worth a word: what cannot be written is not. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    makeFolderSync(dirname(file))
    writeFileSync(`${file}.tmp`, JSON.stringify(state))
    renameSync(`${file}.tmp`, file)
  } catch {
    // Nothing depends on it.
  }
}
