import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { refused } from '../../../src-shared/errors.ts'
import type { projectRequests } from '../../../src-shared/contract/projects.ts'
import { bundledSample } from '../../datasets/bundled-sample.ts'
import type { Handlers } from '../../host/router.ts'
import { projectExtension } from '../../project/folders.ts'
import { recoverProject } from '../../project/recovery/recover.ts'
import { bundledSamples } from '../bundled-samples.ts'
import type { AppContext } from '../context.ts'
import { createFolder, describeEntry, listFolder } from '../file-listing.ts'
import { freePath, freePathBeside } from '../free-path.ts'
import { storeInNewProject } from '../store-dataset.ts'

type ProjectChannel = keyof typeof projectRequests

export function projectHandlers(context: AppContext): Handlers<ProjectChannel> {
  const { drops, host, settings, tasks } = context
  return {
    'project.recent': () => ({ recent: settings.recent }),
    'project.forget': async ({ path }) => {
      await settings.forget(path)
      return { recent: settings.recent }
    },
    'project.new': async ({ path }) => {
      const session = await context.openProject(withExtension(path), 'new')
      return { project: session.state }
    },
    'project.suggest': ({ name }) => ({ path: freePath(name) }),
    'project.open': async ({ path }) => {
      const session = await context.openProject(path, 'never')
      return { project: session.state }
    },
    'project.recover': ({ path, out, task }) =>
      tasks.run(task, async ({ signal, report }) => {
        const { project } = await recoverProject(path, out, { signal, report: (label) => report(label, null) })
        const session = await context.openProject(project, 'never')
        return { project: session.state }
      }),
    'project.suggestRecovered': ({ path }) => ({ path: freePathBeside(path, 'recovered') }),
    'project.close': async () => {
      await context.closeProject()
      return {}
    },
    'project.current': () => ({ project: context.current()?.state ?? null }),
    'project.openSample': ({ sample, task }) =>
      tasks.run(task, async ({ signal, report }) => {
        const known = bundledSamples.find(({ id }) => id === sample)
        if (known === undefined) throw refused(`There is no bundled sample ${sample}.`)
        const source = bundledSample(sample)
        const { session } = await storeInNewProject(context, { source, name: known.title, signal, report })
        return { project: session.state }
      }),
    'dialog.pick': async (dialog) => {
      const kept = `dialog/${dialog.purpose}`
      const path = await host.pick({ ...dialog, suggestion: dialog.suggestion ?? settings.lastFolder(kept) })
      if (path !== null) await settings.rememberFolder(kept, dirname(path))
      return { path }
    },
    'files.list': async ({ path }) => {
      onlyInPage(context)
      const listing = await listFolder(path ?? startFolder(settings.lastFolder('files')))
      if (path !== null) await settings.rememberFolder('files', listing.path)
      return listing
    },
    'files.createFolder': async ({ parent, name }) => {
      onlyInPage(context)
      return { path: await createFolder(parent, name) }
    },
    'files.describe': async ({ path }) => ({ entry: await describeEntry(path) }),
    'files.reveal': async ({ path }) => ({ shown: await host.reveal(path) }),
    'drop.begin': async ({ title }) => ({ drop: await drops.begin(title) }),
    'drop.write': async ({ drop, pieces }) => {
      await drops.write(drop, pieces)
      return {}
    },
    'drop.end': async ({ drop }) => ({ path: await drops.end(drop) }),
  }
}

/** The page lists folders only where it must stand in for the system's dialogs. */
function onlyInPage({ host }: AppContext): void {
  if (host.nativeDialogs) throw refused('This window has the dialogs of the system.')
}

function startFolder(kept: string | null): string | null {
  return kept !== null && existsSync(kept) ? kept : null
}

function withExtension(path: string): string {
  return path.endsWith(projectExtension) ? path : path + projectExtension
}
