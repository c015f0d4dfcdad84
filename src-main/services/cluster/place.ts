/** A cluster made ready as a place of work: asked first whether it would take the tasks, so that a refusal stores nothing. */
import type { SlurmSettings } from '../../../src-shared/domain/cluster.ts'
import { requireSharedFolder } from '../../cluster/hand-over.ts'
import { Slurm } from '../../cluster/slurm.ts'
import type { WritableProject } from '../../project/project.ts'
import { SlurmPlace, type SlurmPlaceOptions } from './slurm-place.ts'

/** Throws `refused` where there is no Slurm, it would not take such tasks, or the folder cannot be written. */
export async function slurmPlace(
  project: WritableProject,
  settings: SlurmSettings,
  title: string,
  hears: Pick<SlurmPlaceOptions, 'trouble' | 'changed'> = {},
): Promise<SlurmPlace> {
  const slurm = new Slurm()
  await slurm.check(settings)
  await requireSharedFolder(settings.folder)
  return new SlurmPlace(project, { settings, slurm, title, ...hears })
}
