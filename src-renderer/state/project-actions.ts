/** What the person does with projects and data, from the menu, a key or a button alike. */
import type { ErrorData } from '../../src-shared/errors.ts'
import { request } from '../client.ts'
import { counted } from '../words/quantities.ts'
import { dialogs } from './dialogs.svelte.ts'
import { importing } from './import.svelte.ts'
import { route } from './route.svelte.ts'
import { session } from './session.svelte.ts'
import { tasks } from './tasks.svelte.ts'
import { attempt, type ToastAction } from './toasts.svelte.ts'

/** Runs that would stop are named before another project takes this one's place. */
async function mayLeave(): Promise<boolean> {
  const active = session.runs.filter((run) => ['running', 'paused', 'queued'].includes(run.status)).length
  if (active === 0) return true
  return dialogs.confirm({
    title: `Leave while ${counted(active, 'run')} ${active === 1 ? 'is' : 'are'} not finished?`,
    message: 'What trains is saved as it is now and can be resumed when the project is open again.',
    action: 'Leave',
  })
}

async function show(work: () => Promise<unknown>): Promise<boolean> {
  return attempt(async () => {
    await work()
    route.go('data')
  })
}

export async function newProject(): Promise<boolean> {
  if (!(await mayLeave())) return false
  return attempt(async () => {
    const { path: suggestion } = await request('project.suggest', { name: 'Untitled study' })
    const path = await dialogs.file({ purpose: 'save-project', title: 'New project', suggestion })
    if (path === null) return
    await show(async () => session.show((await request('project.new', { path })).project))
  })
}

/** Opens the project at `path`, or one that the person chooses. */
export async function openProject(path: string | null = null): Promise<void> {
  if (!(await mayLeave())) return
  await attempt(async () => {
    const chosen = path ?? (await dialogs.file({ purpose: 'open-project', title: 'Open project', suggestion: null }))
    if (chosen === null) return
    await show(async () => session.show((await request('project.open', { path: chosen })).project))
  })
}

/** Makes a new project of what is whole in a damaged one, where the person says, and opens it. */
async function recoverProject(damaged: string): Promise<void> {
  if (!(await mayLeave())) return
  await attempt(async () => {
    const { path: suggestion } = await request('project.suggestRecovered', { path: damaged })
    const out = await dialogs.file({ purpose: 'save-project', title: 'Recover what is whole into', suggestion })
    if (out === null) return
    const { project } = await tasks.run('Recovering what is whole', (task) =>
      request('project.recover', { path: damaged, out, task }),
    )
    session.show(project)
    route.go('runs')
    dialogs.open = 'recovery'
  })
}

/** A damaged project is not the end: whatever says that it cannot be opened offers what is whole in it. */
export function offerRecovery({ details }: Pick<ErrorData, 'details'>): ToastAction | null {
  const { recoverable, file } = details
  if (recoverable !== true || file === undefined) return null
  return { title: 'Recover…', run: () => void recoverProject(file) }
}

export async function closeProject(): Promise<void> {
  if (session.project === null || !(await mayLeave())) return
  await attempt(async () => {
    await request('project.close', {})
    session.show(null)
    route.go('start')
  })
}

export async function openSample(sample: string): Promise<void> {
  if (!(await mayLeave())) return
  await show(async () => {
    const { project } = await tasks.run('Opening the sample', (task) => request('project.openSample', { sample, task }))
    session.show(project)
  })
}

/** Begins the import of a path in the open project. Without one a project is made once the import is confirmed. */
export function importPath(path: string): void {
  importing.begin(path)
  route.go('data')
}

export async function openData(kind: 'folder' | 'file'): Promise<void> {
  await attempt(async () => {
    const path = await dialogs.file({
      purpose: kind === 'folder' ? 'open-data-folder' : 'open-data-file',
      title: kind === 'folder' ? 'Open a folder of data' : 'Open a data file',
      suggestion: null,
    })
    if (path !== null) importPath(path)
  })
}

export async function quit(): Promise<void> {
  await attempt(async () => {
    const { quitting, running } = await request('app.quit', { confirmed: false })
    if (quitting) return
    const yes = await dialogs.confirm({
      title: `Quit while ${counted(running, 'run')} ${running === 1 ? 'trains' : 'train'}?`,
      message: 'What trains is saved as it is now and can be resumed when the project is open again.',
      action: 'Save and quit',
    })
    if (yes) await request('app.quit', { confirmed: true })
  })
}
