/**
 * FastICA against scikit-learn's on the same rows from the same start, one thread each, in a process of its own each.
 * Processor seconds are what to compare on a machine that does other work meanwhile. Needs a Python with scikit-learn, in an environment outside of the project:
 *
 *     python3 -m venv /tmp/peer && /tmp/peer/bin/pip install scikit-learn==1.8.0
 *     npm run bench -- fast-ica --python /tmp/peer/bin/python [--rows 10000] [--dimensions 512] [--components 160]
 *          [--sources laplace|sparse|normal]
 *
 * `sparse` sources are told apart in few iterations, `laplace` ones barely at this number of rows, `normal` ones never:
 * then all 200 iterations are done. Exits with 1 where the components differ.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { product } from '../../src-main/statistics/linear-algebra/products.ts'
import { realMatrix } from '../../src-main/statistics/linear-algebra/real-matrix.ts'
import { fastIca } from '../../src-main/statistics/unmixing/fast-ica.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    rows: { type: 'string', default: '10000' },
    dimensions: { type: 'string', default: '512' },
    components: { type: 'string', default: '160' },
    sources: { type: 'string', default: 'laplace' },
    // Set by this program for its own second process.
    ours: { type: 'string' },
  },
})
const [n, d, k] = [Number(values.rows), Number(values.dimensions), Number(values.components)]

const peer = `
import json, resource, sys, time, warnings
import numpy as np, sklearn
from sklearn.decomposition import FastICA
warnings.simplefilter('ignore')
folder, n, d, k = sys.argv[1], *map(int, sys.argv[2:])
x = np.fromfile(folder + '/rows').reshape(n, d)
w = np.fromfile(folder + '/start').reshape(k, k)
start = time.process_time()
ica = FastICA(k, whiten='unit-variance', w_init=w)
ica.fit_transform(x)
seconds = time.process_time() - start
ica.components_.astype('<f8').tofile(folder + '/theirs')
print(json.dumps({'version': sklearn.__version__, 'seconds': seconds, 'iterations': int(ica.n_iter_),
                  'mebibytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
`

const lineSchema = v.object({
  version: v.optional(v.string()),
  seconds: v.number(),
  iterations: v.number(),
  mebibytes: v.number(),
})

function doubles(file: string): Float64Array {
  const bytes = readFileSync(file)
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8)
}

function run(command: string, args: readonly string[]): v.InferOutput<typeof lineSchema> {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(stderr)
  return v.parse(lineSchema, JSON.parse(stdout))
}

function ours(folder: string): void {
  const [rows, wInit] = [realMatrix(n, d, doubles(join(folder, 'rows'))), doubles(join(folder, 'start'))]
  const start = process.cpuUsage()
  const { unmixing, iterations } = fastIca(rows, { components: k, wInit, seed: 0 })
  const { user, system } = process.cpuUsage(start)
  const seconds = (user + system) / 1e6
  writeFileSync(join(folder, 'ours'), unmixing.values)
  console.log(JSON.stringify({ seconds, iterations, mebibytes: process.resourceUsage().maxRSS / 1024 }))
}

function makeRows(folder: string): void {
  const random = RandomStream.of(0, 'bench')
  const draw = (): number => {
    const normal = random.normal()
    if (values.sources === 'normal') return normal
    if (values.sources === 'sparse') return normal ** 5
    return Math.sign(normal) * -Math.log(1 - random.uniform())
  }
  const sources = realMatrix(n, d, Float64Array.from({ length: n * d }, draw))
  const mixing = realMatrix(
    d,
    d,
    Float64Array.from({ length: d * d }, () => random.normal()),
  )
  writeFileSync(join(folder, 'rows'), product(sources, mixing).values)
  writeFileSync(
    join(folder, 'start'),
    Float64Array.from({ length: k * k }, () => random.normal()),
  )
}

if (values.ours !== undefined) ours(values.ours)
else {
  const folder = mkdtempSync(join(tmpdir(), 'causalscope-fast-ica-'))
  try {
    makeRows(folder)
    const sizes = [`--rows=${n}`, `--dimensions=${d}`, `--components=${k}`]
    const own = run(process.execPath, [import.meta.filename, ...sizes, `--ours=${folder}`])
    const other = run(values.python, ['-c', peer, folder, String(n), String(d), String(k)])
    const [a, b] = [doubles(join(folder, 'ours')), doubles(join(folder, 'theirs'))]
    const size = Math.sqrt(b.reduce((sum, value) => sum + value ** 2, 0) / b.length)
    const difference = a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at]!) / size), 0)
    const show = (name: string, line: typeof own): void => {
      const { seconds, iterations, mebibytes } = line
      console.log(`${name}: ${seconds.toFixed(1)} processor s, ${iterations} iterations, ${mebibytes.toFixed(0)} MiB`)
    }
    console.log(`${n} rows of ${d} dimensions, ${k} components, ${values.sources} sources`)
    show('causalscope', own)
    show(`scikit-learn ${other.version ?? ''}`, other)
    console.log(`ratio of seconds ${(own.seconds / other.seconds).toFixed(2)}`)
    console.log(
      `largest difference of an unmixing weight, in units of their root mean square: ${difference.toExponential(1)}`,
    )
    // Where the iteration did not converge rounding alone decides where it stands.
    if (other.iterations < 200 && difference > 1e-6) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true })
  }
}
