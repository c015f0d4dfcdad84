/**
 * A Slurm of one's own in a folder: munge, controller and nodes of this machine, for as long as a test lasts. Its programs
 * are Debian's slurmctld, slurmd, slurm-client and munge, and it has to be root.
 */
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'

const programs = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scancel', 'scontrol', 'sinfo']
const ofAccounts = ['mariadbd', 'mariadb-install-db', 'slurmdbd', 'sacct']

/** Why there can be none here, with accounts where they are wanted; empty where there can. */
export function noSlurmHere({ accounts = false } = {}): string {
  if (process.getuid?.() !== 0) return 'Slurm is started as root'
  const missing = [...programs, ...(accounts ? ofAccounts : [])].filter(
    (name) => spawnSync('which', [name]).status !== 0,
  )
  return missing.length === 0 ? '' : `not installed: ${missing.join(', ')}`
}

/**
 * Nobody listens there. Below the ports that a system gives to whoever asks for any: a daemon that comes back finds its own
 * still free.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000)
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, () => server.close(() => resolve(true)))
    })
    if (free) return port
  }
}

export class OwnSlurm {
  readonly folder = mkdtempSync(join(tmpdir(), 'causalscope-slurm-'))
  #nodes = 0
  readonly environment: NodeJS.ProcessEnv = { ...process.env, SLURM_CONF: join(this.folder, 'slurm.conf') }

  /**
   * @param nodes each a daemon of its own, with so many cores
   * @param accounts keeps them, in a database of its own, and forgets a job soon after its end but for them
   */
  async start(nodes: readonly string[], cores: number, { accounts = false } = {}): Promise<void> {
    chmodSync(this.folder, 0o755)
    const at = (name: string): string => join(this.folder, name)
    writeFileSync(at('munge.key'), randomBytes(1024), { mode: 0o400 })
    mkdirSync(at('state'))
    const ports = await Promise.all(['controller', ...nodes].map(freePort))
    const host = hostname().split('.')[0]!
    const accountsPort = accounts ? await freePort() : 0
    writeFileSync(
      at('slurm.conf'),
      [
        `ClusterName=test`,
        `SlurmctldHost=${host}(127.0.0.1)`,
        ...[
          'SlurmUser=root',
          'SlurmdUser=root',
          'AuthType=auth/munge',
          `AuthInfo=socket=${at('munge.socket')},cred_expire=5`,
        ],
        ...['CredType=cred/munge', `StateSaveLocation=${at('state')}`, `SlurmdSpoolDir=${at('spool-%n')}`],
        ...[`SlurmctldPidFile=${at('slurmctld.pid')}`, `SlurmdPidFile=${at('%n.pid')}`, `SlurmctldPort=${ports[0]!}`],
        ...[`SlurmctldLogFile=${at('slurmctld.log')}`, `SlurmdLogFile=${at('%n.log')}`],
        ...['ProctrackType=proctrack/linuxproc', 'TaskPlugin=task/none', 'SwitchType=switch/none', 'MpiDefault=none'],
        ...['SelectType=select/cons_tres', 'SelectTypeParameters=CR_Core', 'JobAcctGatherType=jobacct_gather/none'],
        ...['SchedulerType=sched/backfill', 'SchedulerParameters=sched_interval=1,bf_interval=1'],
        ...['ReturnToService=2', 'SlurmdTimeout=5', 'KillWait=20', `MinJobAge=${accounts ? 2 : 60}`],
        ...(accounts
          ? ['AccountingStorageType=accounting_storage/slurmdbd', 'AccountingStorageHost=127.0.0.1', `AccountingStoragePort=${accountsPort}`, `AccountingStoragePass=${at('munge.socket')}`] // prettier-ignore
          : ['AccountingStorageType=accounting_storage/none']),
        ...nodes.map((node, n) => `NodeName=${node} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[n + 1]!} CPUs=${cores} RealMemory=8000 State=UNKNOWN`), // prettier-ignore
        // Tasks of the one have to make room for those of the other, and wait in the queue again.
        ...['PreemptType=preempt/partition_prio', 'PreemptMode=REQUEUE'],
        `PartitionName=main Nodes=ALL Default=YES MaxTime=60 State=UP PriorityTier=1 PreemptMode=REQUEUE`,
        `PartitionName=urgent Nodes=ALL MaxTime=60 State=UP PriorityTier=2 PreemptMode=OFF`,
        '',
      ].join('\n'),
    )
    const files = ['key', 'socket', 'pid', 'log', 'seed'].map(
      (what) => `--${what === 'socket' ? what : `${what}-file`}=${at(`munge.${what}`)}`,
    )
    execFileSync('munged', ['--force', ...files])
    if (accounts) await this.#startAccounts(accountsPort)
    execFileSync('slurmctld', [], { env: this.environment })
    for (const node of nodes) this.startNode(node)
    this.#nodes = nodes.length
    await this.rests()
  }

  async #startAccounts(port: number): Promise<void> {
    const at = (name: string): string => join(this.folder, name)
    const place = ['--no-defaults', '--user=root', `--datadir=${at('accounts')}`]
    execFileSync('mariadb-install-db', [...place, '--skip-test-db'], { stdio: 'ignore' })
    const storagePort = await freePort()
    const alone = ['--skip-grant-tables', '--bind-address=127.0.0.1', `--port=${storagePort}`]
    const files = [`--socket=${at('mariadb.socket')}`, `--pid-file=${at('mariadb.pid')}`]
    spawn('mariadbd', [...place, ...alone, ...files], { stdio: 'ignore', detached: true }).unref()
    while (!existsSync(at('mariadb.socket'))) await setTimeout(50)
    writeFileSync(
      at('slurmdbd.conf'),
      [
        ...['DbdHost=localhost', 'DbdAddr=127.0.0.1', `DbdPort=${port}`, 'SlurmUser=root', 'AuthType=auth/munge'],
        ...[`AuthInfo=socket=${at('munge.socket')}`, 'StorageType=accounting_storage/mysql', 'StorageHost=127.0.0.1'],
        ...[`StoragePort=${storagePort}`, 'StorageUser=root', 'StorageLoc=accounts'],
        ...[`PidFile=${at('slurmdbd.pid')}`, `LogFile=${at('slurmdbd.log')}`, ''],
      ].join('\n'),
      { mode: 0o600 },
    )
    execFileSync('slurmdbd', [], { env: this.environment })
    while ((await this.run('sacctmgr', '--noheader', 'list', 'cluster')).stderr !== '') await setTimeout(100)
  }

  /** Resolves once every node is there and has nothing to do. */
  async rests(): Promise<void> {
    for (let look = 0; ; look++) {
      const { stdout } = await this.run('sinfo', '--noheader', '--Node', '--partition=main', '--format=%T')
      if (stdout.split('\n').filter((state) => state === 'idle').length === this.#nodes) return
      if (look > 1200) throw new Error(`Slurm does not rest: ${stdout}${readFileSync(join(this.folder, 'slurmctld.log'), 'utf8')}`) // prettier-ignore
      await setTimeout(100)
    }
  }

  startNode(node: string): void {
    execFileSync('slurmd', ['-N', node], { env: this.environment })
  }

  /** The node's daemon, at once; what it runs goes on. */
  killNode(node: string): void {
    const pid = this.#pidIn(`${node}.pid`)
    if (pid !== null) kill(pid, 'SIGKILL')
  }

  run(command: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      execFile(command, args, { env: this.environment }, (_, stdout, stderr) => resolve({ stdout, stderr }))
    })
  }

  /** Everything that was started, jobs too. */
  async stop(): Promise<void> {
    if (existsSync(join(this.folder, 'slurmctld.pid'))) {
      await this.run('scancel', '--user=root')
      for (let look = 0; look < 100; look++) {
        if ((await this.run('squeue', '--noheader')).stdout.trim() === '') break
        await setTimeout(100)
      }
    }
    // Read before they end: they take their files away first, and write what they knew into the folder until they are gone.
    const pids = readdirPids(this.folder).flatMap((name) => this.#pidIn(name) ?? [])
    for (const pid of pids) kill(pid, 'SIGTERM')
    for (let look = 0; look < 100 && pids.some(runs); look++) await setTimeout(100)
    for (const pid of pids) kill(pid, 'SIGKILL')
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 })
  }

  #pidIn(pidFile: string): number | null {
    try {
      return Number(readFileSync(join(this.folder, pidFile), 'utf8')) || null
    } catch {
      return null
    }
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has gone.
  }
}

/** One that has ended and that nobody asked about is there still, as a zombie. */
function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Munge last: the others speak through it. */
function readdirPids(folder: string): string[] {
  const all = spawnSync('ls', [folder], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((name) => name.endsWith('.pid'))
  return [...all.filter((name) => name !== 'munge.pid'), 'munge.pid']
}
