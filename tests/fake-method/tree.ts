/**
 * The program with one more method: a copy of the sources in which this folder is added and the lists, and nothing else,
 * are changed.
 */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** What each list gains: an import, and an entry before `at`. */
const lists = [
  {
    file: 'src-shared/methods/list.ts',
    imports: "import { centres } from '../../tests/fake-method/method.ts'",
    at: 'partialCausal, causalComplete]',
    entry: 'centres, ',
  },
  {
    file: 'src-main/models/list.ts',
    imports: "import { centresRoom } from '../../tests/fake-method/room.ts'",
    at: ']\n',
    entry: ', centresRoom',
  },
  {
    file: 'src-renderer/methods/list.ts',
    imports:
      "import CentresSchedule from '../../tests/fake-method/Schedule.svelte'\nimport CentresSettings from '../../tests/fake-method/Settings.svelte'",
    at: "  'causal-pima':",
    entry: '  centres: { settings: CentresSettings, schedule: CentresSchedule },\n',
  },
] as const

export const changedFiles = lists.map(({ file }) => file)

/** Makes the tree in an empty folder. */
export function plantTree(folder: string): void {
  for (const part of ['src-shared', 'src-main', 'src-renderer', 'tests/fake-method', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'out'))
  symlinkSync(join(root, 'out', 'kernels'), join(folder, 'out', 'kernels'))
  for (const { file, imports, at, entry } of lists) {
    const source = readFileSync(join(folder, file), 'utf8')
    const place = file === 'src-main/models/list.ts' ? source.lastIndexOf(at) : source.indexOf(at)
    if (place < 0) throw new Error(`${file} has no "${at}"`)
    const header = source.indexOf('*/\n') + 3
    writeFileSync(
      join(folder, file),
      `${source.slice(0, header)}${imports}\n${source.slice(header, place)}${entry}${source.slice(place)}`,
    )
  }
}
