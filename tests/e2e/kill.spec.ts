import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from './app.ts'

test('everything is there after the whole application was killed in the middle of training', async ({
  start,
  home,
  hostKind,
}) => {
  test.skip(hostKind === 'electron', 'the session that is killed runs in the Chromium host')
  const doomed = spawn(process.execPath, [join(import.meta.dirname, 'doomed-session.ts'), home], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let said = ''
  let stderr = ''
  doomed.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  doomed.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const gone = new Promise((resolve) => doomed.once('close', resolve))
  await expect.poll(() => said || stderr, { timeout: 50_000 }).toContain('training')
  doomed.kill('SIGKILL')
  await gone

  const { page } = await start({ project: join(home, 'study.causalscope') })
  const found = await page.evaluate(async () => {
    const { request } = window.causalscope
    const read = async (channel: string, body: object): Promise<unknown> => {
      const reply = await request(channel, body)
      return reply.ok ? reply.value : reply.error
    }
    return {
      project: await read('project.current', {}),
      graph: await read('graph.get', { run: 1 }),
      resumed: await read('run.resume', { run: 2 }),
    }
  })
  expect(found.project).toMatchObject({
    project: {
      name: 'study',
      datasets: [{ name: 'Curves', samples: 64 }],
      runs: [
        { name: 'Short', status: 'done' },
        { name: 'Long', status: 'interrupted' },
      ],
    },
  })
  expect(found.graph).toMatchObject({ annotations: { names: ['Trend'], undo: 'Rename N1 to Trend' } })
  expect(found.resumed).toMatchObject({ run: { id: 2 } })
  const status = (): Promise<unknown> =>
    page.evaluate(async () => {
      const reply = await window.causalscope.request('run.get', { run: 2 })
      return reply.ok ? (reply.value as { run: { status: string } }).run.status : reply.error.message
    })
  await expect.poll(status).toBe('running')
})
