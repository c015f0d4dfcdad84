import { datasets } from './0001-datasets.ts'
import { runs } from './0002-runs.ts'
import { annotations } from './0003-annotations.ts'
import { noSettings } from './0004-no-settings.ts'
import { replicates } from './0005-replicates.ts'
import { scores } from './0006-scores.ts'
import { preparations } from './0007-preparations.ts'
import { studies } from './0008-studies.ts'
import { explained } from './0009-explained.ts'
import { clusterTasks } from './0010-cluster-tasks.ts'
import { goesOn } from './0011-goes-on.ts'
import { seals } from './0012-seals.ts'
import { recoveries } from './0013-recoveries.ts'
import { unconfirmedResults } from './0014-unconfirmed-results.ts'
import type { Migration } from './migration.ts'

/** Every step, oldest first. */
export const migrations: readonly Migration[] = [
  datasets,
  runs,
  annotations,
  noSettings,
  replicates,
  scores,
  preparations,
  studies,
  explained,
  clusterTasks,
  goesOn,
  seals,
  recoveries,
  unconfirmedResults,
]

/** The schema version that this program reads and writes. */
export const schemaVersion = migrations.length
