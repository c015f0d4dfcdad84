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
