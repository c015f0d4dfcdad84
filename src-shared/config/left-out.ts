/** That some samples are seen through a part of a run's modalities only, in the same words everywhere. */
export function incompleteWords(incomplete: number, samples: number): string {
  const share = Math.round((100 * incomplete) / samples)
  const [lack, takes] = incomplete === 1 ? ['sample lacks', 'It takes'] : ['samples lack', 'They take']
  const of = share === 0 ? '' : ` (${share} %)`
  return `${incomplete.toLocaleString('en')} of ${samples.toLocaleString('en')} ${lack} a modality${of}. ${takes} part with what was measured; nothing is filled in.`
}

/** That some samples take no part in a run, in the words of the window, the command line and the result. */
export function leftOutWords(leftOut: number, modalities: readonly string[]): string {
  const [samples, have, were] = leftOut === 1 ? ['1 sample', 'has', 'is'] : [`${leftOut} samples`, 'have', 'are']
  const none = modalities.length === 1 ? `no ${modalities[0] ?? ''}` : `none of ${modalities.join(', ')}`
  return `${samples} ${have} ${none} and ${were} left out of the run.`
}
