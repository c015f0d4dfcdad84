/** A run followed on the terminal from its start to its end, stopped cleanly when the person interrupts. */
import type { ScoreKind } from '../../src-shared/domain/result.ts'
import { CausalscopeError } from '../../src-shared/errors.ts'
import type { EpochMetrics, RunSummary, TrainerEvent } from '../../src-shared/domain/run.ts'
import { resultsOf } from '../../src-shared/methods/results.ts'
import type { RunQueue } from '../services/run-queue.ts'
import { onInterrupt } from './interrupt.ts'
import { shellWord } from './shell-word.ts'
import type { Terminal } from './terminal.ts'

function standing({ name, unit }: ScoreKind, metrics: EpochMetrics | null, epoch: number, epochs: number): string {
  const score = metrics === null ? '' : `, ${name} ${metrics.score.toFixed(2)} ${unit}`
  // A run that pre-trains again from another draw takes more epochs than were planned.
  return `epoch ${epoch}${epoch <= epochs ? ` of ${epochs}` : ''}${score}`
}

/** Tells the run's events; returns what to call with each. */
function teller(terminal: Terminal, score: ScoreKind): (event: TrainerEvent) => void {
  let last: EpochMetrics | null = null
  let epochs = 0
  return (event) => {
    if (event.type === 'started') {
      epochs = event.epochs
      const { engine, engineDetail, threads } = event.provenance
      terminal.message(`Training on ${engine} (${engineDetail}), ${threads} ${threads === 1 ? 'thread' : 'threads'}.`)
    } else if (event.type === 'epoch') {
      last = event.metrics
      // People count epochs from 1, as the run's summary does.
      void terminal.record({ epoch: { ...event.metrics, epoch: event.metrics.epoch + 1 } })
    } else if (event.type === 'progress') {
      const { fraction, secondsLeft, secondsAgain, epoch } = event
      const seconds = (secondsLeft ?? 0) + secondsAgain
      const perhaps = secondsAgain > 0 ? { seconds, condition: 'if pre-training begins again' } : null
      const detail = standing(score, last, epoch, epochs)
      terminal.progress({ label: 'Training', fraction, secondsLeft, perhaps, detail })
    } else if (event.type === 'log') {
      terminal.message(event.level === 'warning' ? `Warning: ${event.message}` : event.message)
    }
  }
}

/** Waits for the run's end and returns it as it then is: done, interrupted or failed. */
export async function follow(terminal: Terminal, queue: RunQueue, runId: number): Promise<RunSummary> {
  const tell = teller(terminal, resultsOf(queue.run(runId).method).score)
  const forget = queue.observe({
    event: (id, event) => {
      if (id === runId) tell(event)
    },
  })
  const release = onInterrupt(
    () => {
      terminal.message('Stopping: a checkpoint is being saved. Interrupt again to stop at once.')
      queue.interrupt(runId)
    },
    () => queue.kill(runId),
  )
  try {
    return await queue.ended(runId)
  } finally {
    release()
    forget()
    terminal.finish()
  }
}

/** Throws for a run that did not get to its end, with how to go on. */
export function requireDone(run: RunSummary, project: string): void {
  if (run.status === 'done') return
  const hint = `Go on with: causalscope resume --project ${shellWord(project)} --run ${run.id}`
  if (run.status === 'interrupted')
    throw new CausalscopeError({
      code: 'interrupted',
      message: `${run.name} was interrupted after ${run.epoch} of ${run.epochs} epochs; its checkpoint is saved.`,
      hint,
      details: { run: run.id },
    })
  const error = run.error ?? { code: 'failed', message: `${run.name} failed.`, hint: '', details: {} }
  throw new CausalscopeError({ ...error, code: error.code === 'refused' ? 'refused' : 'failed' })
}
