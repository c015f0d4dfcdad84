/**
 * Put into the window: notices when a key press has changed what is shown, and when that was on the screen. A frame
 * callback would come before the frame is drawn, so a mark is added in the task that made the change, and the browser
 * tells by Element Timing when it presented the frame with the mark. A key goes with its own mark and change.
 */
import type { KeyWatch, Seen, Sight } from './bench.ts'

interface ElementTiming extends PerformanceEntry {
  readonly renderTime: number
  readonly identifier: string
}

const sights: Readonly<Record<Sight, () => string>> = {
  'text field': () => (document.activeElement instanceof HTMLInputElement ? document.activeElement.value : ''),
  'first sample': () => document.querySelector('main button.card')?.textContent ?? '',
  view: () => document.querySelector('main h1')?.textContent ?? '',
  focus: () => document.activeElement?.textContent ?? '',
  point: () => document.querySelector('main .tip')?.textContent ?? '',
}

let sight: Sight | null = null
let before = ''
let received = NaN
let marks = 0
let mark: HTMLElement | null = null
let result = Promise.withResolvers<Seen>()

/** On top of everything, so that it is surely painted. */
function putMark(): void {
  mark?.remove()
  mark = document.createElement('p')
  mark.textContent = String(++marks)
  mark.setAttribute('elementtiming', `key ${marks}`)
  Object.assign(mark.style, { position: 'fixed', left: '0', bottom: '0', zIndex: '9999', pointerEvents: 'none' })
  document.body.append(mark)
}

function look(): void {
  if (sight === null || Number.isNaN(received)) return
  const now = sights[sight]()
  // Between two views there may be none.
  if (now === before || (now === '' && sight === 'view')) return
  sight = null
  putMark()
}

const heard = (event: Event): void => {
  if (sight !== null && event.isTrusted && Number.isNaN(received)) received = event.timeStamp
}
addEventListener('keydown', heard, { capture: true })
for (const name of ['keydown', 'input', 'focusin']) addEventListener(name, look)
new MutationObserver(look).observe(document.documentElement, {
  subtree: true,
  childList: true,
  attributes: true,
  characterData: true,
})
new PerformanceObserver((list) => {
  for (const entry of list.getEntries() as ElementTiming[])
    if (entry.identifier === `key ${marks}`) result.resolve({ received, painted: entry.renderTime })
}).observe({ type: 'element' })

export const watch: KeyWatch = {
  arm: (wanted) => {
    before = sights[wanted]()
    received = NaN
    result = Promise.withResolvers()
    sight = wanted
  },
  seen: () => result.promise,
  now: () => performance.now(),
}
