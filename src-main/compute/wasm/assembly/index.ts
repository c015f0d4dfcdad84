/** Training kernels: they work in place in the memory of the tensor backend, and have none of their own. */
export { adam } from './adam'
export { convolution, convolutionScratch, filterGradient, inputGradient } from './convolution'
export { arithmetic, activationGradient, elu, eluGradient, exponential, repeat } from './elementwise'
export { setTable } from './exponential'
export { gemm, gemmScratch, repeatTile, setPanelColumns } from './gemm'
export { logSumExpRows, softmaxProduct } from './log-sum-exp'
export { activationBiasGradient, sumColumns, sumRows } from './reductions'
