/**
 * Does do(node = value) give what the generator gives when it is set there? Circles with a share of their factors known,
 * trained; draws under do() are decoded, radius and shift measured in each picture, and compared with pictures that the
 * generator draws from its mutilated network (two-sample Kolmogorov-Smirnov tests, chi-squared on the categories): as they
 * are, and sent through the model, which tells what of a difference is the decoder's. Beside it the same against what is
 * only seen: where a node has causes that must differ.
 * `npm run bench -- interventions [samples] [draws] [seed]`; a line of JSON a question.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { categoriesOfOutcomes } from '../../src-shared/graph-formats/probabilities.ts'
import { parentsOf } from '../../src-shared/graph/digraph.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import type { BayesianNetwork } from '../../src-main/datasets/synthetic/bayesian-network.ts'
import { sampleNetwork } from '../../src-main/datasets/synthetic/bayesian-network.ts'
import {
  circleNetworks,
  type CircleStructure,
  drawCircles,
  renderCircle,
} from '../../src-main/datasets/synthetic/circles.ts'
import { effectInClass } from '../../src-main/evidence/class-effect.ts'
import { openProjectReadOnly } from '../../src-main/project/project.ts'
import { ModelQuestions } from '../../src-main/services/inference.ts'
import { readAskedRun } from '../../src-main/services/what-if/read-asked.ts'
import { drawFrom } from '../../src-main/services/what-if/draws.ts'
import { causalscope } from './command.ts'

const [samples = 2048, draws = 500, seed = 1] = process.argv.slice(2).map(Number)
const size = 28
const factors = ['hue', 'radius', 'shift'] as const

/** Radius and shift of a disc on white, values in [0, 1]: from its area and its centre. */
function measured(pixels: ArrayLike<number>): { radius: number; shift: number } {
  let [area, along] = [0, 0]
  for (let pixel = 0; pixel < size * size; pixel++) {
    const channels = [0, 1, 2].map((c) => pixels[3 * pixel + c]!)
    const cover = Math.min(1, Math.max(0, 1 - Math.min(...channels)))
    area += cover
    along += cover * (pixel % size)
  }
  return { radius: Math.sqrt(area / Math.PI), shift: along / area - 14 }
}

type Measured = ReturnType<typeof measured>

/** The network with the node's table the indicator of the value. */
function mutilated(network: BayesianNetwork, name: string, value: number): BayesianNetwork {
  const nodes = network.nodes.map((node) =>
    node.name === name
      ? { ...node, parents: [], table: { '': node.categories.map((_, k) => (k === value ? 1 : 0)) } }
      : node,
  )
  return { ...network, nodes }
}

/** Pictures of the generator, pixels in [0, 1]; `seen` keeps those in which the node has the value. */
function generated(network: BayesianNetwork, seen: { node: number; value: number } | null): Float32Array[] {
  const n = seen === null ? draws : 20 * draws
  const drawn = sampleNetwork(network, n, RandomStream.of(seed + 100, 'interventions/factors'))
  return drawCircles(drawn, n, RandomStream.of(seed + 100, 'interventions/looks'))
    .filter((_, i) => seen === null || drawn[3 * i + seen.node] === seen.value)
    .slice(0, draws)
    .map((circle) => Float32Array.from(renderCircle(circle), (byte) => byte / 255))
}

/** Two-sample Kolmogorov-Smirnov: the distance, and its asymptotic probability. */
function kolmogorovSmirnov(first: readonly number[], second: readonly number[]): { d: number; p: number } {
  const [a, b] = [first.toSorted((x, y) => x - y), second.toSorted((x, y) => x - y)]
  let [i, j, d] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    if (a[i]! <= b[j]!) i++
    else j++
    d = Math.max(d, Math.abs(i / a.length - j / b.length))
  }
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length))
  const lambda = (root + 0.12 + 0.11 / root) * d
  let p = 0
  for (let k = 1; k <= 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * lambda) ** 2)
  return { d, p: Math.min(1, Math.max(0, p)) }
}

/** Chi-squared of large x right against both samples: the probability at 3 degrees of freedom (or fewer where cells are empty). */
function categories(first: readonly Measured[], second: readonly Measured[]): { shares: number[][]; chi2: number } {
  const cells = (of: readonly Measured[]): number[] => {
    const counts = [0, 0, 0, 0]
    for (const { radius, shift } of of) counts[(radius > 5.5 ? 2 : 0) + (shift > 0 ? 1 : 0)]! += 1
    return counts
  }
  const [a, b] = [cells(first), cells(second)]
  const chi2 = a.reduce((sum, count, cell) => {
    const expected = (count + b[cell]!) / 2
    return expected === 0 ? sum : sum + ((count - expected) ** 2 + (b[cell]! - expected) ** 2) / expected
  }, 0)
  return { shares: [a, b].map((counts) => counts.map((count) => count / draws)), chi2 }
}

function compare(decoded: readonly Measured[], truth: readonly Measured[]): object {
  return {
    radius: kolmogorovSmirnov(
      decoded.map(({ radius }) => radius),
      truth.map(({ radius }) => radius),
    ),
    shift: kolmogorovSmirnov(
      decoded.map(({ shift }) => shift),
      truth.map(({ shift }) => shift),
    ),
    ...categories(decoded, truth),
  }
}

async function train(folder: string, structure: CircleStructure): Promise<string> {
  const [set, project, config] = [structure, `${structure}.causalscope`, 'config.json'].map((name) =>
    join(folder, name),
  )
  writeFileSync(config!, JSON.stringify({ nodes: factors.map((name) => ({ name, categories: 2, anchor: name })) }))
  const synth = ['synth', 'circles', '--out', set!, '--samples', String(samples), '--seed', String(seed)]
  await causalscope(...synth, '--structure', structure, '--labels', '0.3')
  await causalscope('import', set!, '--project', project!)
  const method = ['--method', 'causal-pima', '--config', config!, '--seed', String(seed), '--replicates', '0']
  await causalscope('train', '--project', project!, ...method)
  return project!
}

/** The question asked of the trained run: of all graphs of its class the one that gives the set node its true parents. */
async function ask(
  file: string,
  structure: CircleStructure,
  name: (typeof factors)[number],
  value: number,
): Promise<void> {
  const project = openProjectReadOnly(file)
  const questions = new ModelQuestions(project)
  try {
    const network = circleNetworks[structure]
    const { graph, clusters } = await readAskedRun(project, 1)
    const node = graph.nodes.findIndex((one) => one.name === name)
    const { answers, observational } = effectInClass(graph, [{ node, value }])
    const wanted = network.nodes
      .find((one) => one.name === name)!
      .parents.toSorted()
      .join()
    const parents = (dag: (typeof answers)[number]['dag']): string =>
      parentsOf(dag, node)
        .map((parent) => graph.nodes[parent]!.name)
        .sort()
        .join()
    const answer = answers.find(({ dag }) => parents(dag) === wanted)
    const { signal } = new AbortController()
    const each = size * size * 3
    const decode = async (latents: Float32Array): Promise<Measured[]> => {
      const [images] = await questions.ask(1, { kind: 'decode', latents }, signal)
      const count = images!.values.length / each
      return Array.from({ length: count }, (_, i) => measured(images!.values.subarray(i * each, (i + 1) * each)))
    }
    const draw = (joint: readonly number[], purpose: string): Promise<Measured[]> =>
      decode(drawFrom(clusters!, joint, draws, RandomStream.of(seed, purpose)).latents)
    /** Pictures as the model draws them again: encoded, a point of the posterior, decoded. */
    const through = async (pictures: readonly Float32Array[]): Promise<Measured[]> => {
      const values = new Float32Array(pictures.length * each)
      pictures.forEach((picture, i) => values.set(picture, i * each))
      const given = { count: pictures.length, modalities: [{ modality: 'images', values }] }
      const { mean, sd } = await questions.encode(1, { kind: 'encode', samples: given, from: null }, signal)
      const noise = RandomStream.of(seed, 'bench/through')
      return decode(mean.map((m, i) => m + sd[i]! * noise.normal()))
    }
    const set = answer === undefined ? null : await draw(answer.interventional, 'bench/set')
    const truth = generated(mutilated(network, name, value), null)
    const seen = generated(network, { node: factors.indexOf(name), value })
    const before = generated(network, null)
    const beforeDrawn = await draw(observational, 'bench/before')
    const large = categoriesOfOutcomes([2, 2, 2])
    const share = (joint: readonly number[], l: number): number =>
      joint.reduce((sum, p, a) => sum + p * large[l]![a]!, 0)
    const line = {
      ...{ structure, do: `${name}=${value}`, samples, draws, seed },
      edges: graph.edges.map(({ from, to, toMark }) =>
        [graph.nodes[from]!.name, toMark, graph.nodes[to]!.name].join(' '),
      ),
      answers: answers.map(({ dag, interventional }) => ({
        parents: parents(dag),
        shares: factors.map((_, l) => share(interventional, l)),
      })),
      before: compare(beforeDrawn, before.map(measured)),
      beforeThrough: compare(beforeDrawn, await through(before)),
      set: set === null ? 'the class has no graph with the true parents' : compare(set, truth.map(measured)),
      setThrough: set === null ? null : compare(set, await through(truth)),
      setAgainstSeen: set === null ? null : compare(set, await through(seen)),
    }
    console.log(JSON.stringify(line))
  } finally {
    questions.close()
    project.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'causalscope-interventions-'))
try {
  const collider = await train(folder, 'collider')
  await ask(collider, 'collider', 'hue', 1)
  await ask(collider, 'collider', 'shift', 1)
  const complete = await train(folder, 'complete')
  await ask(complete, 'complete', 'hue', 1)
  await ask(complete, 'complete', 'radius', 1)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
