/** How wide text will be, without a browser to ask: widths of a sans-serif's character classes, in em. */

const classes: readonly (readonly [RegExp, number])[] = [
  [/^[iljI|!.,:;'`]$/, 0.28],
  [/^[ftr()[\]{}\-/\\ ]$/, 0.36],
  [/^[mwMW@%]$/, 0.88],
  [/^[A-Z&]$/, 0.67],
  // Ideographs, kana, Hangul and emoji fill a square.
  [/^[\p{Ideographic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]$/u, 1],
]

/** Which font will draw the text is not known; the widest common ones (DejaVu, Verdana) need this much more. */
const allowance = 1.12

/** Width in pixels of the text at a font size in pixels; generous rather than tight. */
export function textWidth(text: string, size: number, bold = false): number {
  let em = 0
  for (const character of text) em += classes.find(([pattern]) => pattern.test(character))?.[1] ?? 0.57
  return em * size * allowance * (bold ? 1.08 : 1)
}

/** The text, cut with an ellipsis where it would be wider than `width` pixels. */
export function fitted(text: string, size: number, width: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text
  let cut = Array.from(text)
  while (cut.length > 1 && textWidth(`${cut.join('')}…`, size, bold) > width) cut = cut.slice(0, -1)
  return `${cut.join('').trimEnd()}…`
}
