/** Slurm's commands as scripts that say what the test lays out, and keep what they were asked. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Slurm } from '../../../../src-main/cluster/slurm.ts'

const scripts = {
  sbatch: `echo "$@" >> calls
if [ -f refusal ]; then cat refusal >&2; exit 1; fi
case "$*" in *--test-only*) exit 0;; esac
n=$(($(cat count) + 1)); echo $n > count; echo $n`,
  squeue: `if [ -f silence ]; then echo "slurm_load_jobs error: Unable to contact slurm controller (connect failure)" >&2; exit 1; fi
case "$*" in *--name=*) cat named;; *) cat queue;; esac`,
  scancel: `echo "$@" >> cancelled`,
  sinfo: 'echo main; echo gpu',
}

export class FakeSlurm {
  readonly slurm: Slurm
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder)
    for (const file of ['queue', 'named', 'calls', 'cancelled']) this.lay(file, '')
    this.lay('count', '0')
    for (const [name, script] of Object.entries(scripts)) {
      this.lay(name, `#!/bin/sh\nPATH=/usr/bin:/bin\ncd '${folder}'\n${script}\n`)
      chmodSync(join(folder, name), 0o755)
    }
    this.slurm = new Slurm({ PATH: folder })
  }

  /** What a command finds from now on. */
  lay(file: string, text: string): void {
    writeFileSync(join(this.#folder, file), text)
  }

  take(file: string): void {
    rmSync(join(this.#folder, file), { force: true })
  }

  /** What was asked of a command, a line a call. */
  asked(file: 'calls' | 'cancelled'): string[] {
    const path = join(this.#folder, file)
    return existsSync(path)
      ? readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
      : []
  }
}
