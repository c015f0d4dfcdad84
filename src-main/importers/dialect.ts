/** How text tables are written, as a description says it: what all of them share. */
import type { TextDescription } from '../../src-shared/domain/dataset.ts'
import type { Dialect } from './table.ts'

/** Keys that all agree on; those in which they differ are found anew for each. */
export function dialectOf(used: readonly Dialect[]): TextDescription {
  const shared = <K extends keyof Dialect>(key: K, of: readonly Dialect[] = used): Dialect[K] | undefined =>
    of.every((dialect) => dialect[key] === of[0]![key]) ? of[0]?.[key] : undefined
  const decimals = new Set(used.flatMap((dialect) => [...dialect.decimals]))
  const delimiter = shared(
    'delimiter',
    used.filter((dialect) => dialect.delimiter !== ''),
  )
  const [skip, header, units] = [shared('skip'), shared('header'), shared('units')]
  const placed = skip !== undefined && header !== undefined && units !== undefined
  const [decimal] = decimals
  return {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(placed ? { skip, header, units } : {}),
    ...(decimals.size === 1 && (decimal === '.' || decimal === ',') ? { decimal } : {}),
  }
}
