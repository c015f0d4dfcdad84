/** Light or dark: as the system, unless the person chose. */
import { MediaQuery } from 'svelte/reactivity'
import type { Theme as ThemeName } from '../../src-shared/colours.ts'
import { session } from './session.svelte.ts'

const systemDark = new MediaQuery('(prefers-color-scheme: dark)')

class Theme {
  readonly current = $derived<ThemeName>(
    session.settings.theme === 'system' ? (systemDark.current ? 'dark' : 'light') : session.settings.theme,
  )
}

/** Charts drawn on a canvas read `theme.current` to be drawn again in the other colours. */
export const theme = new Theme()

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
