/**
 * A user's formula in t and named parameters as tensor operations: parsed by mathjs, never evaluated as code, and
 * differentiated by the engine.
 */
import * as tf from '@tensorflow/tfjs-core'
import {
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  type MathNode,
  parse,
} from 'mathjs'
import { refused } from '../../../../src-shared/errors.ts'
import type { ExpertLaw } from './expert-law.ts'

// Maps, so that names of a plain object's own (`constructor`, `toString`) mean nothing here.
const functions: ReadonlyMap<string, (x: tf.Tensor) => tf.Tensor> = new Map([
  ['exp', (x) => tf.exp(x)],
  ['log', (x) => tf.log(x)],
  ['sqrt', (x) => tf.sqrt(x)],
  ['sin', (x) => tf.sin(x)],
  ['cos', (x) => tf.cos(x)],
  ['tanh', (x) => tf.tanh(x)],
  ['abs', (x) => tf.abs(x)],
  ['square', (x) => tf.square(x)],
])

const operators: ReadonlyMap<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = new Map([
  ['+', (a, b) => tf.add(a, b)],
  ['-', (a, b) => tf.sub(a, b)],
  ['*', (a, b) => tf.mul(a, b)],
  ['/', (a, b) => tf.div(a, b)],
  ['^', (a, b) => tf.pow(a, b)],
])

const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
])

type Evaluate = (scope: Readonly<Record<string, tf.Tensor>>) => tf.Tensor

interface Compiled {
  readonly parameters: readonly string[]
  readonly evaluate: ExpertLaw
}

/** Parses `formula`; refuses what is not an expression in t, parameters and the known functions, naming the piece. */
export function compileFormula(formula: string, modality: string): Compiled {
  const refuse = (what: string): Error =>
    refused(
      `The formula of ${modality}, "${formula}", ${what}.`,
      `Write an expression in t and named parameters with + - * / ^ and ${[...functions.keys()].join(', ')}, for example a * exp(-k * t).`,
      { field: 'experts', formula },
    )
  if (formula.trim() === '') throw refuse('is empty')
  const parameters = new Set<string>()

  const walk = (node: MathNode): Evaluate => {
    if (isConstantNode(node)) {
      const value: unknown = node.value
      if (typeof value !== 'number') throw refuse(`holds ${String(value)}, which is not a number`)
      return () => tf.scalar(value)
    }
    if (isSymbolNode(node)) {
      const { name } = node
      const constant = constants.get(name)
      if (constant !== undefined) return () => tf.scalar(constant)
      if (name !== 't') parameters.add(name)
      return (scope) => scope[name]!
    }
    if (isParenthesisNode(node)) return walk(node.content)
    if (isOperatorNode(node)) {
      const { op, args } = node
      const [first, second] = args.map(walk)
      if (args.length === 1 && op === '-') return (scope) => tf.neg(first!(scope))
      const apply = operators.get(op)
      if (apply === undefined || second === undefined) throw refuse(`uses ${op}, which is not allowed here`)
      return (scope) => apply(first!(scope), second(scope))
    }
    if (isFunctionNode(node)) {
      const { fn, args } = node
      const apply = functions.get(fn.name)
      if (apply === undefined || args.length !== 1) throw refuse(`calls ${fn.name}, which is not a known function`)
      const inner = walk(args[0]!)
      return (scope) => apply(inner(scope))
    }
    throw refuse(`holds ${node.toString()}, which is not part of an expression`)
  }

  let tree: MathNode
  try {
    tree = parse(formula)
  } catch (error) {
    throw refuse(`cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const evaluate = walk(tree)
  if (parameters.size === 0) throw refuse('has no parameter to learn')
  return {
    parameters: [...parameters],
    evaluate: (t, theta) => {
      const value = evaluate({ ...theta, t })
      const components = Object.values(theta)[0]!.shape[0]
      // A formula without t, or with parameters alone, still fills the grid.
      return tf.add(value, tf.zeros([components, t.shape[1]]))
    },
  }
}
