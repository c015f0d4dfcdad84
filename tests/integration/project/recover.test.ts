/** Recovering in a process that is killed, or that the disk has no room for: the new project is whole or not there. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
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

/** @param kib the largest file it may write, in KiB */
function recover(killAfter: number | null, kib: number | 'unlimited' = 'unlimited'): Promise<Ended> {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', cli, 'recover', '--project', lab.file]
  const shell = `ulimit -f ${kib}; trap '' XFSZ; exec "$@"`
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
        rmSync(`${out()}.files`, { recursive: true, force: true })
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

it('leaves nothing where the disk has no room, and says so', { timeout: 120_000 }, async () => {
  const before = await damagedProject()
  for (const kib of [1, 64, 500, 1000, Math.floor(before.length / 1024) - 40]) {
    const { code, text } = await recover(null, kib)
    expect(code, text).not.toBe(0)
    expect(text).toMatch(/^Error: (The disk|.*no room|.*full)/m)
    expect(leftovers(), `${kib} kib`).toEqual([])
  }
  expect(readFileSync(lab.file)).toEqual(before)
  expect((await recover(null)).code).toBe(0)
  expectWhole()
})
