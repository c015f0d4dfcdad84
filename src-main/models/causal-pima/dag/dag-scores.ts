/** Scores and metric in float64: the edges they mean, and how to write down a given DAG in them (causal-pima.md section 1). */
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import { digraph, hasEdge, parentsOf, topologicalOrder } from '../../../../src-shared/graph/digraph.ts'
import type { Arc } from '../../../../src-shared/graph/digraph.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { softplus } from '../kernels/relaxed-network.ts'
import { type Counts, marginal, observedOf } from '../../../evidence/counts.ts'
import { stride } from '../outcomes.ts'

export interface DagScores {
  /** xi, [L] */
  readonly scores: Float64Array
  /** b, [L, L] row-major */
  readonly metric: Float64Array
}

/** E_ij = ReLU(tanh(softplus((b_ij + b_ji) / 2) (xi_j - xi_i) / beta)), [L, L] row-major. */
export function edgeStrengths({ scores, metric }: DagScores, temperature: number): Float64Array {
  const nodes = scores.length
  const strengths = new Float64Array(nodes * nodes)
  for (let i = 0; i < nodes; i++) {
    for (let j = 0; j < nodes; j++) {
      const gradient = scores[j]! - scores[i]!
      if (i === j || gradient <= 0) continue
      const b = softplus((metric[i * nodes + j]! + metric[j * nodes + i]!) / 2)
      strengths[i * nodes + j] = Math.tanh((b * gradient) / temperature)
    }
  }
  return strengths
}

/** The graph read out: an edge exists where E_ij > 0.5. Acyclic at every temperature. */
export function readOut(strengths: Float64Array, nodes: number): Digraph {
  const edges: Arc[] = []
  for (let i = 0; i < nodes; i++) {
    for (let j = 0; j < nodes; j++) if (strengths[i * nodes + j]! > thresholds.edge) edges.push([i, j])
  }
  return digraph(nodes, edges)
}

const strengthOfEdge = 0.999
/** Not 0: an absent edge that points forward keeps a gradient, so that later training may bring it in. */
const strengthOfAbsence = 0.01

/**
 * Scores and metric whose read-out at `temperature` is exactly `dag`: scores are the places in a topological order, E is
 * 0.999 on its edges and 0.01 on the other pairs that point forward. Throws RangeError for a graph with a cycle.
 */
export function scoresFromGraph(dag: Digraph, temperature: number): DagScores {
  const order = topologicalOrder(dag)
  if (order === null) throw new RangeError('a graph with a directed cycle has no scores')
  const nodes = dag.size
  const scores = new Float64Array(nodes)
  order.forEach((node, place) => (scores[node] = place - (nodes - 1) / 2))
  const metric = new Float64Array(nodes * nodes)
  for (let i = 0; i < nodes; i++) {
    for (let j = 0; j < nodes; j++) {
      if (i === j) continue
      const strength = hasEdge(dag, i, j) || hasEdge(dag, j, i) ? strengthOfEdge : strengthOfAbsence
      const b = (temperature * Math.atanh(strength)) / Math.abs(scores[j]! - scores[i]!)
      metric[i * nodes + j] = b > 30 ? b : Math.log(Math.expm1(b))
    }
  }
  return { scores, metric }
}

/** Added to each count of a table, so that an outcome never seen keeps a finite logit. */
const pseudoCount = 0.01

/**
 * Logits whose softmax is each node's maximum-likelihood table given its parents in `dag`, constant along every other
 * axis, hence untouched by the gates of absent edges: L arrays [C].
 */
export function logitsFromCounts(counts: Counts, dag: Digraph): Float64Array[] {
  const { categories, values } = counts
  return categories.map((k, node) => {
    const parents = parentsOf(dag, node)
    // A node that was set tells nothing of its own table.
    const table = marginal(observedOf(counts, node), [...parents, node])
    const logits = new Float64Array(values.length)
    for (let a = 0; a < values.length; a++) {
      let row = 0
      for (const parent of parents) {
        const size = categories[parent]!
        row = row * size + (Math.floor(a / stride(categories, parent)) % size)
      }
      let sum = 0
      for (let c = 0; c < k; c++) sum += table[row * k + c]! + pseudoCount
      const own = Math.floor(a / stride(categories, node)) % k
      logits[a] = Math.log((table[row * k + own]! + pseudoCount) / sum)
    }
    return logits
  })
}
