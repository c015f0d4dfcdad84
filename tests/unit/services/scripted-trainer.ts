/** Trainer processes that do only what the test says, one after the other. */
import { parseCommand } from '../../../src-main/training/messages.ts'
import type { ProcessExit, Spawn } from '../../../src-main/training/spawn.ts'
import { RunSupervisor } from '../../../src-main/training/supervisor.ts'
import type { EpochMetrics, TrainerEvent, TrainJob } from '../../../src-shared/domain/run.ts'

export class ScriptedTrainer {
  readonly commands: string[] = []
  job: TrainJob | null = null
  #hear: (message: unknown) => void = () => undefined
  #exit: (exit: ProcessExit) => void = () => undefined

  readonly process = {
    pid: 4711,
    send: (message: object): void => {
      const command = parseCommand(message)
      this.commands.push(command.type)
      if (command.type === 'start') this.job = command.job
    },
    onMessage: (listener: (message: unknown) => void): void => {
      this.#hear = listener
    },
    onExit: (listener: (exit: ProcessExit) => void): void => {
      this.#exit = listener
    },
    kill: (): void => this.exit({ code: null, signal: 'SIGKILL' }),
  }

  say(event: TrainerEvent): void {
    this.#hear(event)
  }

  exit({ code, signal }: Pick<ProcessExit, 'code' | 'signal'>): void {
    this.#exit({ code, signal, stderr: '' })
  }

  /** Says the last word and goes. */
  end(event: TrainerEvent): void {
    this.say(event)
    this.exit({ code: 0, signal: null })
  }
}

/** A supervisor whose trainers are scripted; `next` resolves with each as it is started. */
export function scriptedTrainers(): { supervisor: RunSupervisor; spawn: Spawn; next: () => Promise<ScriptedTrainer> } {
  const started: ScriptedTrainer[] = []
  const waiting: ((trainer: ScriptedTrainer) => void)[] = []
  const spawn: Spawn = () => {
    const trainer = new ScriptedTrainer()
    // The job is sent right after the spawn: the test hears of the trainer when it has it.
    queueMicrotask(() => {
      const listener = waiting.shift()
      if (listener === undefined) started.push(trainer)
      else listener(trainer)
    })
    return trainer.process
  }
  return {
    supervisor: new RunSupervisor({ entry: 'scripted', spawn }),
    spawn,
    next: () =>
      new Promise((resolve) => {
        const trainer = started.shift()
        if (trainer === undefined) waiting.push(resolve)
        else resolve(trainer)
      }),
  }
}

export const started: TrainerEvent = {
  type: 'started',
  provenance: {
    application: 'Causalscope 0.1.0',
    versions: { node: '24' },
    engine: 'wasm',
    engineDetail: 'SIMD',
    threads: 1,
    seed: 7,
    datasetSha256: 'ab',
  },
  epochs: 4,
  stepsPerEpoch: 10,
}

export function epochEvent(epoch: number): { type: 'epoch'; metrics: EpochMetrics } {
  return {
    type: 'epoch',
    metrics: {
      epoch,
      phase: 'joint',
      step: epoch * 10,
      seconds: epoch * 2,
      score: -10 + epoch,
      validationScore: null,
      terms: { clusterEvidence: 1 },
      figures: { temperature: 1, learningRate: 1e-3, klWeight: 1 },
      edges: null,
    },
  }
}

export function done(runFolder: string): TrainerEvent {
  return {
    type: 'done',
    resultFile: `${runFolder}/result.json`,
    sha256: 'cd'.repeat(32),
    score: -3,
    explained: null,
    edges: [{ from: 'A', to: 'B', fromMark: 'tail', toMark: 'tail', standing: 'provisional' }],
  }
}
