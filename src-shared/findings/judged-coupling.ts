/** Components as they may be shown: each under the name that people gave it, with its standing. */
import type { ComponentJudgement, ComponentReturn } from '../domain/component-judgement.ts'
import type { Estimate } from '../domain/judgement.ts'
import type { GraphNames } from '../graph-formats/names.ts'
import type { CoupledComponent, Coupling, PrivateComponent } from '../methods/facets.ts'

interface Stated {
  /** What it is called without anybody having named it. */
  readonly own: string
  readonly replicability: Estimate | null
  readonly standing: ComponentReturn['standing']
}

export interface JudgedComponent extends CoupledComponent, Stated {
  /** Its coupling in the replicates. */
  readonly returning: Estimate | null
}

export type JudgedPrivate = PrivateComponent & Stated

export interface JudgedCoupling extends Coupling {
  readonly components: readonly JudgedComponent[]
  readonly privates: readonly {
    readonly modality: string
    readonly values: string
    readonly components: readonly JudgedPrivate[]
  }[]
  /** Done. */
  readonly replicates: number
  readonly mcc: Estimate | null
}

/**
 * @param judgement null: nobody has judged it, and it is provisional as it is until replicates have run
 * @param names of its components, shared ones first, then those of each modality alone
 */
export function judgedCoupling(
  coupling: Coupling,
  judgement: ComponentJudgement | null,
  names?: GraphNames,
): JudgedCoupling {
  let at = 0
  const stated = ({ name }: { readonly name: string }, judged: ComponentReturn | undefined) => ({
    name: names?.components?.[at++] ?? name,
    own: name,
    replicability: judged?.replicability ?? null,
    standing: judged?.standing ?? ('provisional' as const),
  })
  return {
    ...coupling,
    components: coupling.components.map((component, c) => {
      const judged = judgement?.components[c]
      return { ...component, ...stated(component, judged), returning: judged?.coupling ?? null }
    }),
    privates: coupling.privates.map(({ components, ...own }, p) => ({
      ...own,
      components: components.map((component, c) => ({
        ...component,
        ...stated(component, judgement?.privates[p]?.[c]),
      })),
    })),
    replicates: judgement?.replicates ?? 0,
    mcc: judgement?.mcc ?? null,
  }
}
