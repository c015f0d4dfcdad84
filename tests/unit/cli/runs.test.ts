import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { runs } from '../../../src-main/cli/runs.ts'
import { Terminal } from '../../../src-main/cli/terminal.ts'
import { insertRun, updateRun } from '../../../src-main/project/runs.ts'
import { newRun, projectFolder } from '../project/project-folder.ts'

const lab = projectFolder()

/** What `runs --json` prints of the project, a line a run. */
async function listed(project: string): Promise<unknown[]> {
  const lines: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
    lines.push(String(text))
    const written = rest.at(-1)
    if (typeof written === 'function') Reflect.apply(written, undefined, [])
    return true
  })
  try {
    await runs(new Terminal(true), { project })
  } finally {
    write.mockRestore()
  }
  return lines.map((line) => JSON.parse(line) as unknown)
}

/** Every file and its content. */
function contentOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    entries.map((entry) => [
      join(entry.parentPath, entry.name),
      readFileSync(join(entry.parentPath, entry.name), 'latin1'),
    ]),
  )
}

it('writes nothing where there is no project', async () => {
  const notes = join(lab.folder, 'notes.txt')
  for (const content of ['', 'a few words']) {
    writeFileSync(notes, content)
    await expect(runs(new Terminal(false), { project: notes })).rejects.toThrow(/is not a Causalscope project/)
    expect(contentOf(lab.folder)).toEqual({ [notes]: content })
  }
})

it('shows what trains as training, and what a crash left as interrupted, without writing either', async () => {
  const project = lab.open()
  const { id } = insertRun(project.database, newRun(await lab.ingest(project)))
  updateRun(project.database, id, { status: 'running' })
  expect(await listed(lab.file)).toMatchObject([{ id, status: 'running' }])
  // As a crash leaves it: no lock, the newest changes in the log.
  const crashed = join(lab.folder, 'crashed.causalscope')
  for (const end of ['', '-wal']) cpSync(lab.file + end, crashed + end)
  expect(await listed(crashed)).toMatchObject([{ id, status: 'interrupted' }])
  project.close()
  const before = contentOf(lab.folder)
  expect(await listed(lab.file)).toMatchObject([{ id, status: 'interrupted' }])
  expect(contentOf(lab.folder)).toEqual(before)
})
