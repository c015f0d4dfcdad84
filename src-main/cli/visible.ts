/** Names and cells come from files: what a terminal would obey in them is shown instead. */

/** Control characters but tab and line feed, and marks that turn the direction of what follows. */
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** `\u001b[2J` as the characters it is written with. A carriage return before a line feed goes: it only ends the line. */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
