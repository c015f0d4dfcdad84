/** Recovering in a process that is killed, or that the disk has no room for: the new project is whole or not there. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openProjectReadOnly } from '../../../src-main/project/project.ts'
import { listRecoveries } from '../../../src-main/project/recoveries.ts'
import { editByHand } from '../../other-program.ts'
import { projectFolder, smallDataset } from '../../unit/project/project-folder.ts'
import { wholeProject } from '../../unit/project/whole-project.ts'

const lab = projectFolder()
const out = (): string => join(lab.folder, 'recovered.causalscope')
const cli = join(import.meta.dirname, '..', '..', '..', 'src-main', 'cli.ts')

/** A damaged project of some megabytes. */
async function damagedProject(): Promise<Buffer> {
  await wholeProject(lab)
  const project = lab.open()
  await lab.ingest(project, smallDataset(20_000))
  project.close()
  editByHand(lab.file, `UPDATE metrics SET epoch = 9 WHERE step = 20`)
  return readFileSync(lab.file)
}

interface Ended {
  readonly code: number | null
  readonly text: string
}

interface Fate {
  /** The largest file it may write, in KiB. */
  readonly kib?: number
  /** Kills it as it gives something this name. */
  readonly killAtName?: string
}

/** For `node --import`: the process dies before it renames anything to the name. */
function dyingAt(name: string): string {
  const code = `import files from 'node:fs/promises'; import { syncBuiltinESMExports } from 'node:module'
    const { rename } = files
    files.rename = (from, to) => (to === ${JSON.stringify(name)} ? process.kill(process.pid, 'SIGKILL') : rename(from, to))
    syncBuiltinESMExports()`
  return `data:text/javascript,${encodeURIComponent(code)}`
}

function recover(killAfter: number | null, { kib, killAtName }: Fate = {}): Promise<Ended> {
  const dying = killAtName === undefined ? [] : ['--import', dyingAt(killAtName)]
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', ...dying]
  const command = [...node, cli, 'recover', '--project', lab.file]
  const shell = `ulimit -f ${kib ?? 'unlimited'}; trap '' XFSZ; exec "$@"`
  const child = spawn('bash', ['-c', shell, 'bash', ...command, '--out', out()], { stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', (piece) => (text += String(piece)))
  child.stderr.on('data', (piece) => (text += String(piece)))
  if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })))
}

function expectWhole(): void {
  const copy = openProjectReadOnly(out())
  expect(listRecoveries(copy.database)).toMatchObject([
    { leftOut: ['1 epoch of run 1: a gap in its curves, no more.'] },
  ])
  copy.close()
}

const leftovers = (): string[] => readdirSync(lab.folder).filter((name) => name.includes('recovered'))

it(
  'leaves a whole project or none when it is killed at any moment, and the next one works',
  { timeout: 240_000 },
  async () => {
    const before = await damagedProject()
    const from = performance.now()
    expect((await recover(null)).text).toContain('Left out (1):')
    const took = performance.now() - from
    let whole = 0
    for (let i = 0; i < 16; i++) {
      for (const name of leftovers()) rmSync(join(lab.folder, name), { recursive: true })
      await recover((took * (i + 6)) / 20)
      if (existsSync(out())) {
        whole++
        expectWhole()
      } else {
        const { code, text } = await recover(null)
        expect(code, text).toBe(0)
        expectWhole()
        expect(leftovers().filter((name) => name.startsWith('.'))).toEqual([])
      }
    }
    expect(whole).toBeLessThan(16)
    expect(readFileSync(lab.file)).toEqual(before)
  },
)

it('takes the folder of files away that it left when it was killed before the file had its name', async () => {
  await damagedProject()
  expect((await recover(null, { killAtName: out() })).code).toBeNull()
  expect([existsSync(out()), existsSync(`${out()}.files`)]).toEqual([false, true])
  expect(await recover(null)).toMatchObject({ code: 0 })
  expectWhole()
  expect(leftovers().sort()).toEqual(['recovered.causalscope', 'recovered.causalscope.files'])
}, 60_000)

it('never takes away a folder of files that it did not make', async () => {
  await damagedProject()
  await recover(null, { killAtName: out() })
  renameSync(`${out()}.files`, join(lab.folder, 'aside'))
  mkdirSync(`${out()}.files`)
  writeFileSync(join(`${out()}.files`, 'of somebody else'), '')
  const { code, text } = await recover(null)
  expect([code, text]).toEqual([2, expect.stringContaining('was left by another project of this name')])
  expect(readdirSync(`${out()}.files`)).toEqual(['of somebody else'])
}, 60_000)

it('leaves nothing where the disk has no room, and says so', { timeout: 120_000 }, async () => {
  const before = await damagedProject()
  for (const kib of [1, 64, 500, 1000, Math.floor(before.length / 1024) - 40]) {
    const { code, text } = await recover(null, { kib })
    expect(code, text).not.toBe(0)
    expect(text).toMatch(/^Error: (The disk|.*no room|.*full)/m)
    expect(leftovers(), `${kib} kib`).toEqual([])
  }
  expect(readFileSync(lab.file)).toEqual(before)
  expect((await recover(null)).code).toBe(0)
  expectWhole()
})
