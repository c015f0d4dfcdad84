/** Text of other people on a terminal: names of files, cells and columns may hold what moves the cursor or sets its title. */

/** Control characters but the ends of lines and tabs, and what turns the direction of writing. */
const acting = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** The text with such characters written out as their codes: of JSON, the same value still. */
export function visible(text: string): string {
  return text.replace(acting, codeOf)
}
