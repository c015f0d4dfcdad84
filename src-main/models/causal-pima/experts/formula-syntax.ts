/**
 * A user's formula in t and named parameters as a checked tree: parsed by mathjs, never evaluated as code. Knows no tensor,
 * so that a formula can be refused before there is a run.
 */
import { createRequire } from 'node:module'
import type * as Mathjs from 'mathjs'
import { refused } from '../../../../src-shared/errors.ts'

export type Operator = '+' | '-' | '*' | '/' | '^'
const operators: readonly string[] = ['+', '-', '*', '/', '^'] satisfies Operator[]

export const formulaFunctions = ['exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'abs', 'square'] as const
export type FormulaFunction = (typeof formulaFunctions)[number]

export type Term =
  | { readonly kind: 'number'; readonly value: number }
  /** `t` or a parameter. */
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Term }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Term; readonly right: Term }
  | { readonly kind: 'call'; readonly function: FormulaFunction; readonly of: Term }

export interface Formula {
  readonly term: Term
  /** In order of appearance; at least one. */
  readonly parameters: readonly string[]
}

/** An expert's noise is stored beside its parameters under this name. */
export const noiseName = 'logVar'

const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
])

function isOperator(text: string): text is Operator {
  return operators.includes(text)
}

function isFormulaFunction(text: string): text is FormulaFunction {
  return formulaFunctions.some((name) => name === text)
}

/** Loaded when there is a formula to read: that takes a third of a second. */
let loaded: typeof Mathjs | null = null
function mathjs(): typeof Mathjs {
  return (loaded ??= createRequire(import.meta.url)('mathjs') as typeof Mathjs)
}

/** Reads `formula`; refuses what is not an expression in t, parameters and the known functions, naming the piece. */
export function readFormula(formula: string, modality: string): Formula {
  const refuse = (what: string): Error =>
    refused(
      `The formula of ${modality}, "${formula}", ${what}.`,
      `Write an expression in t and named parameters with + - * / ^ and ${formulaFunctions.join(', ')}, for example a * exp(-k * t).`,
      { field: 'experts', formula },
    )
  if (formula.trim() === '') throw refuse('is empty')
  const { parse, isConstantNode, isFunctionNode, isOperatorNode, isParenthesisNode, isSymbolNode } = mathjs()
  const parameters = new Set<string>()

  const walk = (node: Mathjs.MathNode): Term => {
    if (isConstantNode(node)) {
      const value: unknown = node.value
      if (typeof value !== 'number') throw refuse(`holds ${String(value)}, which is not a number`)
      return { kind: 'number', value }
    }
    if (isSymbolNode(node)) {
      const { name } = node
      const constant = constants.get(name)
      if (constant !== undefined) return { kind: 'number', value: constant }
      if (name === noiseName) throw refuse(`has a parameter ${noiseName}, the name of its noise`)
      if (name !== 't') parameters.add(name)
      return { kind: 'symbol', name }
    }
    if (isParenthesisNode(node)) return walk(node.content)
    if (isOperatorNode(node)) {
      const { op, args } = node
      const [left, right] = args
      if (left !== undefined && args.length === 1 && op === '-') return { kind: 'negative', of: walk(left) }
      if (left === undefined || right === undefined || !isOperator(op))
        throw refuse(`uses ${op}, which is not allowed here`)
      return { kind: 'operation', operator: op, left: walk(left), right: walk(right) }
    }
    if (isFunctionNode(node)) {
      const { fn, args } = node
      const [argument] = args
      if (argument === undefined || args.length !== 1 || !isFormulaFunction(fn.name))
        throw refuse(`calls ${fn.name}, which is not a known function`)
      return { kind: 'call', function: fn.name, of: walk(argument) }
    }
    throw refuse(`holds ${node.toString()}, which is not part of an expression`)
  }

  let tree: Mathjs.MathNode
  try {
    tree = parse(formula)
  } catch (error) {
    throw refuse(`cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const term = walk(tree)
  if (parameters.size === 0) throw refuse('has no parameter to learn')
  return { term, parameters: [...parameters] }
}
