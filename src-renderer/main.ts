/** The page's entry. */
import { request } from './client.ts'

const start = await request('app.start', {})
const heading = document.createElement('h1')
heading.textContent = start.info.name
document.getElementById('app')?.append(heading)
await request('app.ready', { milliseconds: performance.now() })
