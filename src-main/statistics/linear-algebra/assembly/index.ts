/** Kernels of the linear algebra in float64: they work in a memory of their own. */
export { gemm, gemmScratch, mirror, setPanelColumns } from './gemm'
export { setTable, tanhAndSlopes } from './tanh'
