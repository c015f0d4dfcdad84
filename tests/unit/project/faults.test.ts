import { execFile, spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { listDatasets } from '../../../src-main/project/datasets.ts'
import { openProject, openProjectReadOnly } from '../../../src-main/project/project.ts'
import { projectFolder, smallDataset } from './project-folder.ts'

const lab = projectFolder()
const asRoot = process.getuid?.() === 0
/** Root may write anywhere, unless its process lacks the capabilities for it. Another user might not reach this checkout. */
const bare = ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all']
const permissionsApply = !asRoot || spawnSync(bare[0]!, [...bare.slice(1), 'true']).status === 0

/** Runs a script against the project in a process that permissions apply to; answers what it printed. */
async function withPermissions(script: string): Promise<string> {
  const file = join(lab.folder, 'script.ts')
  const project = new URL('../../../src-main/project/', import.meta.url).href
  writeFileSync(
    file,
    `import { openProject, openProjectReadOnly } from '${project}project.ts'
     import { listDatasets } from '${project}datasets.ts'
     const file = process.argv[2]
     try { ${script} } catch (error) { console.log(error.code, error.message) }`,
  )
  const command = [...(asRoot ? bare : []), process.execPath, '--disable-warning=ExperimentalWarning', file]
  const { stdout } = await promisify(execFile)(command[0]!, [
    ...command.slice(1),
    join(lab.folder, 'shelf', 'lab.causalscope'),
  ])
  return stdout.trim()
}

/** A folder with a closed project in it that nobody may write. */
async function readOnlyShelf(): Promise<void> {
  const project = lab.open()
  await lab.ingest(project)
  project.close()
  const shelf = join(lab.folder, 'shelf')
  mkdirSync(shelf)
  cpSync(lab.file, join(shelf, 'lab.causalscope'))
  chmodSync(join(shelf, 'lab.causalscope'), 0o444)
  chmodSync(shelf, 0o555)
}

// Skipped where the superuser cannot give its powers up: nothing is read-only for it.
describe.skipIf(!permissionsApply)('a read-only folder', () => {
  it('refuses writing with what to do', async () => {
    await readOnlyShelf()
    expect(await withPermissions(`openProject(file, { program: 'x' })`)).toMatch(
      /^refused The project cannot be written, because its file or its folder is read-only/,
    )
    expect(await withPermissions(`openProject(file + '2', { program: 'x', create: 'new' })`)).toMatch(
      /^refused .*read-only/,
    )
    expect(readdirSync(join(lab.folder, 'shelf'))).toEqual(['lab.causalscope'])
  })

  it('lets a project be read, though nothing can be made beside it', async () => {
    await readOnlyShelf()
    const names = await withPermissions(
      `console.log(listDatasets(openProjectReadOnly(file).database).map((d) => d.name))`,
    )
    expect(names).toBe(`[ 'small' ]`)
  })

  it('says why a project that was not closed cannot be read there', async () => {
    const project = lab.open()
    await lab.ingest(project)
    const shelf = join(lab.folder, 'shelf')
    mkdirSync(shelf)
    // As a power cut leaves it: the newest changes only in the log.
    for (const end of ['', '-wal']) cpSync(lab.file + end, join(shelf, `lab.causalscope${end}`))
    chmodSync(shelf, 0o555)
    expect(await withPermissions(`openProjectReadOnly(file)`)).toMatch(/^refused .*not closed properly/)
  })

  it('refuses a file that is read-only itself', async () => {
    await readOnlyShelf()
    const shelf = join(lab.folder, 'shelf')
    chmodSync(shelf, 0o755)
    expect(await withPermissions(`openProject(file, { program: 'x' })`)).toMatch(/^refused .*read-only/)
  })
})

describe('a full disk', () => {
  it('leaves the project as it was, and goes on once there is room', async () => {
    const project = lab.open()
    const first = await lab.ingest(project)
    // SQLite's own limit makes its own "database or disk is full", in the middle of the transaction.
    project.database.execute('PRAGMA max_page_count = 10')
    await expect(lab.ingest(project, smallDataset(40_000))).rejects.toMatchObject({
      code: 'failed',
      message: `The disk is full, nothing was changed: ${lab.file}.`,
    })
    expect(listDatasets(project.database)).toEqual([first])
    project.database.execute('PRAGMA max_page_count = 1000000')
    await lab.ingest(project, smallDataset(40_000))
    expect(listDatasets(project.database)).toHaveLength(2)
  })
})

describe('a writer that was killed', () => {
  it('leaves no lock behind, and what it had committed', async () => {
    const project = lab.open()
    await lab.ingest(project)
    project.close()
    const shelf = join(lab.folder, 'shelf')
    mkdirSync(shelf)
    cpSync(lab.file, join(shelf, 'lab.causalscope'))
    const file = join(shelf, 'lab.causalscope')
    const program = new URL('../../../src-main/project/', import.meta.url).href
    const script = `
      import { openProject } from '${program}project.ts'
      import { renameDataset } from '${program}datasets.ts'
      const project = openProject(process.argv[1], { program: 'the one that dies' })
      renameDataset(project.database, 1, 'renamed')
      // Nothing refers to the project any more: its lock must not depend on that.
      setImmediate(() => {
        globalThis.gc()
        setImmediate(() => console.log('open'))
      })
      process.stdin.resume()`
    const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', script, file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(() => openProject(file, { program: 'x' })).toThrow(
      new RegExp(`in the one that dies \\(process ${child.pid} on`),
    )
    const reader = openProjectReadOnly(file)
    expect(listDatasets(reader.database)).toHaveLength(1)
    reader.close()
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    const recovered = openProject(file, { program: 'x' })
    expect(listDatasets(recovered.database).map(({ name }) => name)).toEqual(['renamed'])
    recovered.close()
  })
})
