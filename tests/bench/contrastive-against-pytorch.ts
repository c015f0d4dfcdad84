/**
 * A training step of the partial causal model against the same step in PyTorch, as one would write it: networks, batch and
 * learning rate of the synthetic study's quick profile, one thread each, in turn, a process of its own each time. Medians
 * over the rounds of each program's own median; processor milliseconds are what to compare on a machine that does other
 * work meanwhile. Needs a Python with PyTorch: Debian's python3-torch, or one in an environment outside of the project.
 *
 *     npm run bench -- contrastive-against-pytorch [--python /usr/bin/python3] [--batches 512,4096] [--rounds 3] [--seconds 10]
 */
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { openEngine } from '../../src-main/compute/engine.ts'
import { openDescent } from '../../src-main/models/partial-causal/descent.ts'
import { PartialCausalModel } from '../../src-main/models/partial-causal/model.ts'
import { partialCausalConfig } from '../../src-shared/methods/partial-causal/config.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { profiles } from './partial-causal-study/cases.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: '/usr/bin/python3' },
    batches: { type: 'string', default: '512,4096' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    // Set by this program for its own second process.
    ours: { type: 'string' },
  },
})

const { latents, hidden: multiples } = profiles.quick
const privates = 5
const width = latents + privates
const hidden = multiples.map((multiple) => multiple * latents)
const seconds = Number(values.seconds)

const peer = `
import json, resource, sys, time
import torch, torch.nn as nn, torch.nn.functional as F
torch.set_num_threads(1)
geometry, batch, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
sizes = json.loads(sys.argv[4])
torch.manual_seed(0)
def encoder():
    layers = []
    for a, b in zip(sizes, sizes[1:]): layers += [nn.Linear(a, b), nn.LeakyReLU(.01)]
    return nn.Sequential(*layers[:-1])
f, g = encoder(), encoder()
log_tau = nn.Parameter(torch.tensor(.2).log())
bounds = [nn.Parameter(torch.zeros(sizes[-1])) for _ in (f, g)]
moved = [*f.parameters(), *g.parameters()] + ([log_tau] if geometry == 'sphere' else bounds)
adam = torch.optim.Adam(moved, 1e-3)
x, t, own = torch.randn(batch, sizes[0]), torch.randn(batch, sizes[0]), torch.arange(batch)
def step():
    if geometry == 'sphere':
        logits = F.normalize(f(x)) @ F.normalize(g(t)).T / log_tau.exp()
    else:
        a, b = (torch.sigmoid(h(y)) * s.exp() for h, y, s in ((f, x, bounds[0]), (g, t, bounds[1])))
        logits = -torch.cdist(a, b, p=1) / .1
    loss = F.cross_entropy(logits, own) + F.cross_entropy(logits.T, own)
    adam.zero_grad(); loss.backward(); adam.step()
    return loss.item()
for _ in range(3): step()
wall, processor, until = [], [], time.perf_counter() + seconds
while time.perf_counter() < until or len(wall) < 5:
    start, before = time.perf_counter(), time.process_time()
    step()
    wall.append(time.perf_counter() - start); processor.append(time.process_time() - before)
middle = lambda list: 1000 * sorted(list)[len(list) // 2]
print(json.dumps({'ms': middle(wall), 'processorMs': middle(processor),
                  'mebibytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
`

const measured = v.object({ ms: v.number(), processorMs: v.number(), mebibytes: v.number() })
type Measured = v.InferOutput<typeof measured>
const geometries = ['sphere', 'box'] as const
const schema = v.object({ geometry: v.picklist(geometries), batch: v.number() })
type Setting = v.InferOutput<typeof schema>

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

async function ours({ geometry, batch }: Setting): Promise<Measured> {
  await openEngine('wasm', { threads: 1 })
  const config = v.parse(partialCausalConfig, { geometry, latent: { size: latents }, networks: { hidden } })
  const modalities = ['x', 't'].map((name) => ({
    ...{ name, kind: 'vector' as const, shape: [width], present: 1, source: '' },
    scaling: { offset: [0], scale: [1] },
  }))
  const model = new PartialCausalModel({ modalities, config }, 0)
  const descent = openDescent(model, 0, batch, 1)
  const random = RandomStream.of(0, 'bench')
  const x = modalities.map(() => Float32Array.from({ length: batch * width }, () => random.normal()))
  const step = async (): Promise<void> => {
    const terms = await descent.step({ rows: batch, x }, () => 1e-3)
    await terms.data()
    terms.dispose()
  }
  for (let warm = 0; warm < 20; warm++) await step()
  const [wall, processor]: [number[], number[]] = [[], []]
  const until = performance.now() + 1000 * seconds
  while (performance.now() < until || wall.length < 5) {
    const [start, before] = [performance.now(), process.cpuUsage()]
    await step()
    const { user, system } = process.cpuUsage(before)
    wall.push(performance.now() - start)
    processor.push((user + system) / 1000)
  }
  return { ms: median(wall), processorMs: median(processor), mebibytes: process.resourceUsage().maxRSS / 1024 }
}

function run(command: string, args: readonly string[]): Measured {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(stderr)
  return v.parse(measured, JSON.parse(stdout))
}

/** Medians over the rounds of a program; the most memory of any. */
function over(rounds: readonly Measured[]): Measured {
  const of = (name: keyof Measured): number[] => rounds.map((round) => round[name])
  return { ms: median(of('ms')), processorMs: median(of('processorMs')), mebibytes: Math.max(...of('mebibytes')) }
}

if (values.ours !== undefined) {
  console.log(JSON.stringify(await ours(v.parse(schema, JSON.parse(values.ours)))))
} else {
  const version = spawnSync(values.python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' })
  if (version.status !== 0) throw new Error(version.stderr)
  console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`)
  console.log(`PyTorch ${version.stdout.trim()}; networks ${[width, ...hidden, latents].join(' - ')}, one thread\n`)
  console.log('| geometry | batch | PyTorch, ms | ours, ms | ratio | of processor time | PyTorch, MiB | ours, MiB |')
  console.log(`|${' --- |'.repeat(8)}`)
  for (const batch of values.batches.split(',').map(Number))
    for (const geometry of geometries) {
      const [theirs, own]: [Measured[], Measured[]] = [[], []]
      for (let round = 0; round < Number(values.rounds); round++) {
        const sizes = JSON.stringify([width, ...hidden, latents])
        theirs.push(run(values.python, ['-c', peer, geometry, String(batch), String(seconds), sizes]))
        const asked = JSON.stringify({ geometry, batch } satisfies Setting)
        own.push(run(process.execPath, [import.meta.filename, `--ours=${asked}`, `--seconds=${seconds}`]))
      }
      const [a, b] = [over(theirs), over(own)]
      const times = [a.ms.toFixed(1), b.ms.toFixed(1), (b.ms / a.ms).toFixed(2)]
      const rest = [(b.processorMs / a.processorMs).toFixed(2), a.mebibytes.toFixed(0), b.mebibytes.toFixed(0)]
      console.log(`| ${[geometry, batch, ...times, ...rest].join(' | ')} |`)
    }
}
