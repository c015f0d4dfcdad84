/** A cluster of one machine for the window: Slurm's commands as scripts that run each task once it may. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { usualSlurm } from '../../src-shared/domain/cluster.ts'

const scripts = {
  sbatch: `case "$*" in *--partition=gone*) echo "sbatch: error: invalid partition specified: gone" >&2; exit 1;; *--test-only*) exit 0;; esac
last=$(echo "$*" | sed 's/.*--array=0-\\([0-9]*\\).*/\\1/')
for script; do :; done
for i in $(seq 0 $last); do
  (while [ ! -f gate ]; do sleep 0.1; done; SLURM_ARRAY_JOB_ID=1 SLURM_ARRAY_TASK_ID=$i SLURMD_NODENAME=node7 bash "$script"; echo "1_$i|COMPLETED|None|node7" > "task-$i") > /dev/null 2>&1 &
  echo "1_$i|RUNNING|None|node7" > "task-$i"
done
echo 1`,
  squeue: 'cat task-* 2>/dev/null; true',
  scancel: 'true',
  sinfo: 'echo short; echo long',
}

/** Puts the commands into a folder of the person's, first on the PATH; returns the shared folder, how to let the tasks run, and how to take the commands off. */
export function ownCluster(home: string): { shared: string; letRun: () => void; release: () => void } {
  const folder = join(home, 'slurm')
  mkdirSync(folder)
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/bash\ncd '${folder}'\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  const shared = join(home, 'shared')
  mkdirSync(join(home, '.settings'), { recursive: true })
  const settings = { theme: 'system', engine: 'auto', threads: null, slurm: { ...usualSlurm, pollSeconds: 0.3 } }
  writeFileSync(join(home, '.settings', 'settings.json'), JSON.stringify({ settings }))
  const before = process.env.PATH
  process.env.PATH = `${folder}:${before ?? ''}`
  return {
    shared,
    letRun: () => writeFileSync(join(folder, 'gate'), ''),
    release: () => {
      process.env.PATH = before
    },
  }
}
