/** Kernels of the partial causal model: they work in place in the memory of the tensor backend, beside the engine's own. */
export { setTable } from '../../../../compute/wasm/assembly/exponential'
export { pairGradient, pairLogSums } from './pairs'
