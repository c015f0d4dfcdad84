/** Text inside XML and HTML. */

/** What XML 1.0 cannot hold even when escaped: control characters, lone surrogates, U+FFFE and U+FFFF. */
const unrepresentable = /[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{fffe}\u{ffff}\p{Surrogate}]/gu

/** The text escaped for element content and for attributes in either quote. */
export function escapeMarkup(text: string): string {
  return text
    .replace(unrepresentable, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
