/**
 * When two ids mean one sample though they are written differently: leading zeros, `1.0` for `1`, a word that all ids of
 * one place end in. A rule is used by itself only when it pairs nearly everything and joins no two samples of one place.
 */
import type { MatchRule } from '../../src-shared/domain/dataset.ts'

/** From the strictest to the loosest; the last is only ever offered, for it may pair by a running number alone. */
const rules: readonly MatchRule[] = ['exact', 'zeros', 'suffix', 'affixes']

export const ruleWords: Readonly<Record<MatchRule, string>> = {
  exact: 'as they are written',
  zeros: 'with leading zeros and ".0" left out',
  suffix: 'without the ending that all ids of a place share',
  affixes: 'without the beginning and ending that all ids of a place share',
}

/** So much of the smaller side must pair before a rule is taken without asking. */
const convincing = 0.9
/** Fewer pairs than this share are asked about. */
export const fewPairs = 0.5

/** `s007` and `s7`, `1.0` and `1` alike. */
export function looseId(id: string): string {
  // Most ids have no zeros to lose.
  if (!/(?:^|\D)0\d|^\d+\.0+$/.test(id)) return id.normalize('NFC')
  return id
    .normalize('NFC')
    .replace(/^(\d+)\.0+$/, '$1')
    .replaceAll(/(?<!\d)0+(?=\d)/g, '')
}

/** The ids of one place as `rule` compares them; null where it would make two of them one. */
export function keysUnder(ids: readonly string[], rule: MatchRule): readonly string[] | null {
  const bare = ids.map((id) => id.normalize('NFC'))
  if (rule === 'exact') return bare
  const keys = stripped(bare, rule).map(looseId)
  return new Set(keys).size === new Set(bare).size ? keys : null
}

/** Without what `rule` takes off both ends. */
export function stripped(ids: readonly string[], rule: MatchRule): readonly string[] {
  const ending = rule === 'suffix' || rule === 'affixes' ? sharedEnding(ids) : ''
  const beginning = rule === 'affixes' ? sharedBeginning(ids) : ''
  return ids.map((id) => id.slice(beginning.length, id.length - ending.length))
}

/** What all ids end in, from a separator on: `_SEM`, `.ome`. Empty for a few ids, which may end alike by chance. */
export function sharedEnding(ids: readonly string[], fewest = 3): string {
  const first = ids[0] ?? ''
  if (ids.length < fewest) return ''
  let length = 0
  while (length < first.length && ids.every((id) => id.at(-1 - length) === first.at(-1 - length))) length += 1
  const shared = length === 0 ? '' : first.slice(-length)
  return /[_.\s-].*$/.exec(shared)?.[0] ?? ''
}

/** What all ids begin with, up to the last separator or the first digit. */
function sharedBeginning(ids: readonly string[]): string {
  const first = ids[0] ?? ''
  if (ids.length < 3) return ''
  let length = 0
  while (length < first.length && ids.every((id) => id[length] === first[length])) length += 1
  return first.slice(0, length).replace(/\d+$/, '')
}

/** Share of the smaller side that pairs, for the place that pairs worst with all others: 1 when all is paired. */
export function pairedShare(places: readonly (readonly string[])[]): {
  readonly share: number
  readonly worst: number
} {
  const sets = places.map((ids) => new Set(ids))
  const counts = new Map<string, number>()
  for (const set of sets) for (const id of set) counts.set(id, (counts.get(id) ?? 0) + 1)
  let result = { share: 1, worst: 0 }
  sets.forEach((own, p) => {
    let [shared, others] = [0, counts.size]
    for (const id of own)
      if (counts.get(id)! > 1) shared += 1
      else others -= 1
    const smaller = Math.min(own.size, others)
    const share = smaller === 0 ? (own.size === 0 || sets.length < 2 ? 1 : 0) : shared / smaller
    if (share < result.share) result = { share, worst: p }
  })
  return result
}

export interface RuleChoice {
  readonly rule: MatchRule
  /** Under that rule. */
  readonly share: number
  /** Index of the place that pairs worst. */
  readonly worst: number
  /** Looser rules that would pair more. */
  readonly offers: readonly MatchRule[]
}

/** The strictest rule that pairs enough, else the exact one, with what could be offered instead. */
export function chooseRule(places: readonly (readonly string[])[]): RuleChoice {
  const tried = rules.flatMap((rule) => {
    const keys = places.map((ids) => keysUnder(ids, rule))
    return keys.every((own) => own !== null) ? [{ rule, ...pairedShare(keys) }] : []
  })
  const exact = tried[0]!
  const none = { ...exact, offers: [] }
  if (exact.share >= fewPairs) return none
  const better = tried.filter(({ share }) => share > exact.share)
  const taken = better.find(({ rule, share }) => rule !== 'affixes' && share >= convincing)
  if (taken !== undefined) return { ...taken, offers: [] }
  return { ...exact, offers: better.sort((a, b) => b.share - a.share).map(({ rule }) => rule) }
}
