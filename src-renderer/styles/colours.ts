/** The colours of both themes as variables of the page's style. */
import { colourRules } from '../../src-shared/colours.ts'

export function adoptColours(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`:root { ${colourRules('light')} } [data-theme='dark'] { ${colourRules('dark')} }`)
  document.adoptedStyleSheets.push(sheet)
}
