import { arch, availableParallelism, platform, totalmem } from 'node:os'
import type { AppInfo } from '../../../src-shared/contract/app.ts'
import type { appRequests } from '../../../src-shared/contract/app.ts'
import { refused } from '../../../src-shared/errors.ts'
import { forgetTensorflow, nameTensorflow } from '../../services/own-tensorflow.ts'
import type { Handlers } from '../../host/router.ts'
import type { AppContext } from '../context.ts'
import { bundledSamples } from '../bundled-samples.ts'
import { EngineReports } from '../engine-reports.ts'

export function appHandlers(context: AppContext): Handlers<keyof typeof appRequests> {
  const { host, settings, tasks } = context
  const engines = new EngineReports(context.spawn)
  return {
    'app.start': () => ({
      info: info(context),
      settings: settings.settings,
      project: context.current()?.state ?? null,
      recent: settings.recent,
      samples: bundledSamples,
      problem: context.startProblem(),
    }),
    'app.ready': ({ milliseconds }) => {
      context.ready(milliseconds)
      return {}
    },
    'app.engines': async ({ refresh }) => ({ engines: await engines.read(refresh) }),
    'engine.name': async ({ task }) => {
      if (!host.nativeDialogs)
        throw refused('In this window no folder with a library can be chosen.', 'Name it on the command line: causalscope engines --native FOLDER') // prettier-ignore
      const folder = await host.pick({ purpose: 'open-data-folder', title: 'Folder with TensorFlow', suggestion: null })
      if (folder === null) return { named: null }
      const { engine, version } = await tasks.run(task, ({ report }) =>
        nameTensorflow(folder, (words) => report(words, null), { spawn: context.spawn, settings: settings.folder }),
      )
      return { named: { engine, version } }
    },
    'engine.forget': async () => ({ forgotten: await forgetTensorflow(settings.folder) }),
    'settings.set': async (changes) => {
      const after = await settings.change(changes)
      context.push({ name: 'settings.changed', payload: after })
      return after
    },
    'app.report': ({ message, stack }) => {
      context.log(`page: ${message}\n${stack}`)
      return {}
    },
    'app.quit': ({ confirmed }) => {
      const running = context.current()?.queue.active.length ?? 0
      const quitting = confirmed || running === 0
      // After the answer is on its way: closing takes the page with it.
      if (quitting) setImmediate(() => void host.close())
      return { quitting, running }
    },
    'task.cancel': ({ task }) => ({ cancelled: tasks.cancel(task) }),
  }
}

function info({ host, settings, version }: AppContext): AppInfo {
  const system = platform()
  return {
    name: 'Causalscope',
    version,
    platform: system === 'linux' || system === 'darwin' || system === 'win32' ? system : 'other',
    host: host.kind,
    nativeDialogs: host.nativeDialogs,
    nativeMenu: host.nativeMenu,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    settingsFolder: settings.folder,
    versions: { node: process.versions.node, machine: `${system} ${arch()}`, ...host.versions },
  }
}
