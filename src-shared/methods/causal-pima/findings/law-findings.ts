/** Laws given for curves that these do not follow. */
import { type Finding, warning } from '../../../findings/finding.ts'
import { cardinal } from '../../../findings/words.ts'
import type { LawFit } from '../result.ts'
import { thresholds } from '../thresholds.ts'

const { lawMisses, lawLeaves } = thresholds

export function lawFindings(laws: readonly LawFit[]): Finding[] {
  return laws
    .filter(({ error, free, variance }) => error >= lawMisses * free && error >= lawLeaves * variance)
    .map(missed)
}

function missed({ modality, law, parameters, error, free }: LawFit): Finding {
  const times = (error / free).toFixed(error < 10 * free ? 1 : 0)
  const directions = parameters === 1 ? 'one free direction does' : `${cardinal(parameters)} free directions do`
  return warning(
    'meaning',
    `Single curves of ${modality} do not follow the law given for them (${law}): it leaves ${times} times as much of them as ${directions} along which other samples vary. Give another law, or leave the expert out; decoded curves beside measured ones show where it misses.`,
  )
}
