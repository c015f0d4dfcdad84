/**
 * Commands by name, from the native menu, the page's menu or a key. A view says what a command does while the view is
 * shown (`handle` in its script); the newest answer counts, so that a dialog or a view can take one over.
 */
import { onDestroy } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { type Command, type CommandId, commands } from '../../src-shared/commands.ts'
import { matches } from './shortcuts.ts'

interface Answer {
  readonly run: () => void
  readonly enabled: () => boolean
}

const answers = new SvelteMap<CommandId, readonly Answer[]>()

function remove(id: CommandId, answer: Answer): void {
  answers.set(
    id,
    (answers.get(id) ?? []).filter((other) => other !== answer),
  )
}

/** Answers a command until the component goes. Call it while the component is made. */
export function handle(id: CommandId, run: () => void, enabled: () => boolean = () => true): void {
  const answer = { run, enabled }
  answers.set(id, [...(answers.get(id) ?? []), answer])
  onDestroy(() => remove(id, answer))
}

function current(id: CommandId): Answer | null {
  return answers.get(id)?.findLast((answer) => answer.enabled()) ?? null
}

/** Whether choosing the command would do something now. */
export function available(id: CommandId): boolean {
  return current(id) !== null
}

/** False when nobody answers the command now. */
export function runCommand(id: CommandId): boolean {
  const answer = current(id)
  answer?.run()
  return answer !== null
}

function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}

/** Text fields keep plain keys and their own undo. */
function belongsToField(command: Command): boolean {
  const plain = command.keys !== null && command.keys.length === 1
  return plain || command.id === 'edit.undo' || command.id === 'edit.redo'
}

export interface KeyOptions {
  readonly mac: boolean
  /** The native menu answers every key but the plain ones. */
  readonly nativeMenu: boolean
}

/** Runs the command that a key event means, if any. */
export function onKey(event: KeyboardEvent, { mac, nativeMenu }: KeyOptions): void {
  if (event.defaultPrevented || event.isComposing) return
  const all: readonly Command[] = commands
  const command = all.find(({ keys }) => keys !== null && matches(event, keys, mac))
  if (command?.keys == null) return
  if (nativeMenu && command.keys.length > 1) return
  if (isEditable(event.target) && belongsToField(command)) return
  const id = commands.find((c) => c.id === command.id)?.id
  if (id === undefined) return
  // Even where nothing answers: the browser's own meaning of the key (close, print, new window) is never wanted here.
  event.preventDefault()
  runCommand(id)
}
