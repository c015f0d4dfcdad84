/** Coupled components as they may be shown: each under the name that people gave it, with its standing. */
import type { ComponentJudgement, ComponentReturn } from '../domain/component-judgement.ts'
import type { Estimate } from '../domain/judgement.ts'
import type { GraphNames } from '../graph-formats/names.ts'
import type { CoupledComponent, Coupling } from '../methods/facets.ts'

export interface JudgedComponent extends CoupledComponent {
  /** What it is called without anybody having named it. */
  readonly own: string
  readonly replicability: Estimate | null
  /** Its coupling in the replicates. */
  readonly returning: Estimate | null
  readonly standing: ComponentReturn['standing']
}

export interface JudgedCoupling extends Coupling {
  readonly components: readonly JudgedComponent[]
  /** Done. */
  readonly replicates: number
  readonly mcc: Estimate | null
}

/** @param judgement null: nobody has judged it, and it is provisional as it is until replicates have run */
export function judgedCoupling(
  coupling: Coupling,
  judgement: ComponentJudgement | null,
  names?: GraphNames,
): JudgedCoupling {
  return {
    ...coupling,
    components: coupling.components.map((component, c) => {
      const judged = judgement?.components[c]
      return {
        ...component,
        name: names?.components?.[c] ?? component.name,
        own: component.name,
        replicability: judged?.replicability ?? null,
        returning: judged?.coupling ?? null,
        standing: judged?.standing ?? 'provisional',
      }
    }),
    replicates: judgement?.replicates ?? 0,
    mcc: judgement?.mcc ?? null,
  }
}
