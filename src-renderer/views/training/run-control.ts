/** What the person does with a run: pause, go on, stop, resume. */
import { request } from '../../client.ts'
import type { RunView } from '../../state/run-list.ts'
import { attempt, toasts } from '../../state/toasts.svelte.ts'

export async function pauseOrContinue(run: RunView): Promise<void> {
  await attempt(() => request(run.status === 'paused' ? 'run.continue' : 'run.pause', { run: run.id }))
}

export async function resume(run: RunView): Promise<void> {
  await attempt(() => request('run.resume', { run: run.id }))
}

/** Nothing is lost: a run at work is checkpointed, a waiting one leaves the queue; both can be resumed. */
export async function stop(run: RunView): Promise<void> {
  const stopped = await attempt(() => request('run.interrupt', { run: run.id }))
  if (!stopped) return
  const message =
    run.status === 'queued' ? `${run.name} is out of the queue.` : `${run.name} stops; its last state is kept.`
  toasts.done(message, { title: 'Resume', run: () => void resume(run) })
}

export function canPause(run: RunView | null): boolean {
  return run !== null && (run.status === 'running' || run.status === 'paused')
}

export function canStop(run: RunView | null): boolean {
  return run !== null && (canPause(run) || run.status === 'queued')
}
