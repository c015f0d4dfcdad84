/**
 * How smoothly 100,000 latent points move in the installed Chromium on a machine without a GPU, drawn by WebGL in software
 * and pixel by pixel (which the window then chooses), and how long a lasso takes. One JSON object a line. Run: npm run bench -- scatter [--points N] [--rounds N]
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { findChromium } from '../../src-main/host/chromium/executable.ts'
import { flags } from '../../src-main/host/chromium/flags.ts'
import type { ScatterBench } from './scatter/bench.ts'

/** The page's own; named in what is evaluated there. */
declare const bench: ScatterBench

const { values: options } = parseArgs({
  options: { points: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '5' } },
})
const points = Number(options.points)
const rounds = Number(options.rounds)
const origin = 'https://scatter.localhost'
const size = { width: 800, height: 640 }
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? NaN
const rounded = (value: number): number => Number(value.toFixed(1))

/** With Shift, dragging draws the lasso. */
async function lasso(page: Page): Promise<{ milliseconds: number; rows: number }> {
  await page.evaluate(() => {
    bench.selection = null
  })
  await page.keyboard.down('Shift')
  await page.mouse.move(560, 280)
  await page.mouse.down()
  for (let i = 1; i <= 60; i++) {
    const angle = (2 * Math.PI * i) / 60
    await page.mouse.move(360 + 200 * Math.cos(angle), 280 + 180 * Math.sin(angle))
  }
  await page.mouse.up()
  await page.keyboard.up('Shift')
  const handle = await page.waitForFunction(() => bench.selection)
  const { released, painted, rows } = (await handle.jsonValue())!
  return { milliseconds: painted - released, rows }
}

async function measure(folder: string, executable: string, renderer: 'webgl' | 'canvas'): Promise<void> {
  const browser = await chromium.launch({
    executablePath: executable,
    args: [
      ...flags({ headless: true, root: process.getuid?.() === 0, size, position: null }),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
  try {
    const page = await browser.newPage({ viewport: size })
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url())
      const file = pathname === '/' ? '/index.html' : pathname
      await route.fulfill({ contentType: types[extname(file)] ?? '', body: await readFile(join(folder, file)) })
    })
    await page.goto(`${origin}/?points=${points}&draws=${renderer}`)
    await page.locator(`[data-renderer="${renderer}"]`).waitFor()
    const panned: number[] = []
    const zoomed: number[] = []
    const drawn: { milliseconds: number; rows: number }[] = []
    for (let round = 0; round < rounds; round++) {
      panned.push(...(await page.evaluate(() => bench.move('pan', 200))))
      zoomed.push(...(await page.evaluate(() => bench.move('zoom', 200))))
      await page.keyboard.press('0')
      drawn.push(await lasso(page))
    }
    const found = await page.evaluate(() => bench.lasso(400, 20))
    const perSecond = (intervals: readonly number[]): object => ({
      medianFps: rounded(1000 / median(intervals)),
      frames: intervals.length,
      p95FrameMs: rounded(percentile(intervals, 0.95)),
    })
    process.stdout.write(
      `${JSON.stringify({
        bench: 'scatter',
        renderer,
        points,
        pan: perSecond(panned),
        zoom: perSecond(zoomed),
        lasso: {
          pointsInPolygonMs: rounded(median(found)),
          releaseToPaintMs: rounded(median(drawn.map(({ milliseconds }) => milliseconds))),
          rows: drawn[0]?.rows ?? 0,
        },
        browser: browser.version(),
        load: rounded(loadavg()[0] ?? NaN),
      })}\n`,
    )
  } finally {
    await browser.close()
  }
}

const executable = findChromium()
if (executable === null) throw new Error('no Chromium, Chrome or Edge is installed')
const folder = await mkdtemp(join(tmpdir(), 'causalscope-scatter-'))
try {
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'scatter'),
    base: './',
    logLevel: 'warn',
    plugins: [svelte({ configFile: false })],
    build: { outDir: folder, emptyOutDir: true, target: 'es2024', modulePreload: { polyfill: false } },
  })
  for (const renderer of ['webgl', 'canvas'] as const) await measure(folder, executable, renderer)
} finally {
  await rm(folder, { recursive: true, force: true })
}
