/** A user's formula as tensor operations, differentiated by the engine. */
import * as tf from '@tensorflow/tfjs-core'
import type { ExpertLaw } from './expert-law.ts'
import { type FormulaFunction, type Operator, readFormula, type Term } from './formula-syntax.ts'

const functions: Readonly<Record<FormulaFunction, (x: tf.Tensor) => tf.Tensor>> = {
  exp: (x) => tf.exp(x),
  log: (x) => tf.log(x),
  sqrt: (x) => tf.sqrt(x),
  sin: (x) => tf.sin(x),
  cos: (x) => tf.cos(x),
  tanh: (x) => tf.tanh(x),
  abs: (x) => tf.abs(x),
  square: (x) => tf.square(x),
}

const operators: Readonly<Record<Operator, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  '+': (a, b) => tf.add(a, b),
  '-': (a, b) => tf.sub(a, b),
  '*': (a, b) => tf.mul(a, b),
  '/': (a, b) => tf.div(a, b),
  '^': (a, b) => tf.pow(a, b),
}

type Scope = ReadonlyMap<string, tf.Tensor>

function valueOf(term: Term, scope: Scope): tf.Tensor {
  switch (term.kind) {
    case 'number':
      return tf.scalar(term.value)
    case 'symbol':
      return scope.get(term.name)!
    case 'negative':
      return tf.neg(valueOf(term.of, scope))
    case 'operation':
      return operators[term.operator](valueOf(term.left, scope), valueOf(term.right, scope))
    case 'call':
      return functions[term.function](valueOf(term.of, scope))
    default:
      return term satisfies never
  }
}

/** The law that `formula` writes down; refuses what `readFormula` does. */
export function compileFormula(
  formula: string,
  modality: string,
): { readonly parameters: readonly string[]; readonly evaluate: ExpertLaw } {
  const { term, parameters } = readFormula(formula, modality)
  return {
    parameters,
    evaluate: (t, theta) => {
      const value = valueOf(term, new Map<string, tf.Tensor>([...Object.entries(theta), ['t', t]]))
      const components = Object.values(theta)[0]!.shape[0]
      // A formula without t, or with parameters alone, still fills the grid.
      return tf.add(value, tf.zeros([components, t.shape[1]]))
    },
  }
}
