/** The ops that the methods bring along, for engines to be checked on. */
import type { ConformanceCase } from '../compute/conformance/case.ts'
import { causalPimaCases } from './causal-pima/kernels/conformance-cases.ts'
import { partialCausalCases } from './partial-causal/kernels/conformance-cases.ts'

export const modelCases: readonly ConformanceCase[] = [...causalPimaCases, ...partialCausalCases]
