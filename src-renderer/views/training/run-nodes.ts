/** The nodes that a run's configuration asks for. */
import * as v from 'valibot'

const configWithNodes = v.object({ nodes: v.array(v.object({ name: v.string(), categories: v.number() })) })

export interface PlannedNode {
  readonly name: string
  readonly categories: number
}

/** Empty where the method has none. */
export function nodesOf(config: unknown): readonly PlannedNode[] {
  const parsed = v.safeParse(configWithNodes, config)
  return parsed.success ? parsed.output.nodes : []
}
