/** The rooms of the methods that can be trained. */
import { causalCompleteRoom } from './causal-complete/room.ts'
import { causalPimaRoom } from './causal-pima/room.ts'
import type { ModelRoom } from './method.ts'
import { partialCausalRoom } from './partial-causal/room.ts'

export const rooms: readonly ModelRoom[] = [causalPimaRoom, partialCausalRoom, causalCompleteRoom]
