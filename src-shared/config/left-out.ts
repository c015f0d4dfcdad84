/** That some samples take no part in a run, in the words of the window, the command line and the result. */
export function leftOutWords(leftOut: number, modalities: readonly string[]): string {
  const [samples, have, were] = leftOut === 1 ? ['1 sample', 'has', 'is'] : [`${leftOut} samples`, 'have', 'are']
  const none = modalities.length === 1 ? `no ${modalities[0] ?? ''}` : `none of ${modalities.join(', ')}`
  return `${samples} ${have} ${none} and ${were} left out of the run.`
}
