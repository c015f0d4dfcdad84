/** Kernels of causalPIMA: they work in place in the memory of the tensor backend, beside the engine's own. */
export { mixtureEvidence, mixtureEvidenceGradient } from './mixture-evidence'
