/** Words that do not fit end in an ellipsis; under the pointer they are told whole, in whatever part of the page they are. */

/** How far above what the pointer is on the part may be that cuts it. */
const levels = 4

/** Parts that have a title of their own keep it. */
export function tellCutText(page: Document): void {
  const given = new WeakSet<Element>()
  page.addEventListener('pointerover', ({ target }) => {
    let part = target instanceof HTMLElement ? target : null
    for (let level = 0; part !== null && level < levels; level++, part = part.parentElement) {
      if (part.title !== '' && !given.has(part)) return
      if (getComputedStyle(part).textOverflow !== 'ellipsis') continue
      if (part.scrollWidth > part.clientWidth) {
        part.title = part.innerText
        given.add(part)
      } else if (given.delete(part)) part.removeAttribute('title')
      return
    }
  })
}
