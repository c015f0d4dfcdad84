/** Before all specs: the page as it is in the sources. */
import { buildPage, pageIsStale } from '../../build/stale.ts'

export default async function build(): Promise<void> {
  if (pageIsStale()) await buildPage()
}
