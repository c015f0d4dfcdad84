/** Read before, by theme and name: to read one works out the styles of all that has changed in the page. */
const tokens = new Map<string, string>()

/** A token of the page's style as the theme has it now. */
export function token(name: `--${string}`): string {
  const key = `${document.documentElement.dataset.theme ?? ''} ${name}`
  const known = tokens.get(key)
  if (known !== undefined) return known
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  tokens.set(key, value)
  return value
}
