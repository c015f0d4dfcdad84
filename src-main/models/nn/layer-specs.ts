/**
 * Networks written down before they are built: a list of layers with their sizes, from which builders make parameters and
 * forward maps, and the cost follows. Knows no tensor, so that a cost can be told without an engine.
 */
import type { Activation } from '../../compute/layers.ts'

type Pair = readonly [number, number]

export interface DenseSpec {
  readonly kind: 'dense'
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
}

export interface ConvolutionSpec {
  /** `transposed`: the adjoint of a convolution from `size` [height, width], onto that size. */
  readonly kind: 'convolution' | 'transposed'
  readonly name: string
  /** [height, width] of the larger map: a convolution's input, a transposed one's output. */
  readonly size: Pair
  readonly kernel: Pair
  readonly stride: Pair
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
}

export type LayerSpec =
  | DenseSpec
  | ConvolutionSpec
  | { readonly kind: 'reshape'; readonly shape: readonly number[] }
  | { readonly kind: 'flatten' }

/** What one sample costs in one forward pass. */
export interface Cost {
  /** Multiply-adds. */
  readonly work: number
  /** Trainable numbers. */
  readonly parameters: number
}

export function together(...costs: readonly Cost[]): Cost {
  return {
    work: costs.reduce((sum, { work }) => sum + work, 0),
    parameters: costs.reduce((sum, { parameters }) => sum + parameters, 0),
  }
}

function costOfLayer(layer: LayerSpec): Cost {
  switch (layer.kind) {
    case 'dense': {
      const weights = layer.inputs * layer.outputs
      return { work: weights, parameters: weights + layer.outputs }
    }
    case 'convolution':
    case 'transposed': {
      const weights = layer.kernel[0] * layer.kernel[1] * layer.inputs * layer.outputs
      const places = Math.ceil(layer.size[0] / layer.stride[0]) * Math.ceil(layer.size[1] / layer.stride[1])
      return { work: places * weights, parameters: weights + layer.outputs }
    }
    case 'reshape':
    case 'flatten':
      return { work: 0, parameters: 0 }
    default:
      return layer satisfies never
  }
}

export function costOf(layers: readonly LayerSpec[]): Cost {
  return together(...layers.map(costOfLayer))
}
