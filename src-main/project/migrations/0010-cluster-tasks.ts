/** Tasks on a cluster: what of the project is worked on elsewhere, and what of it is here already. */
import type { Migration } from './migration.ts'

export const clusterTasks: Migration = {
  version: 10,
  up: (database) =>
    database.execute(`
      CREATE TABLE cluster_tasks (
        -- The work folder, which says the key too, and the task in it.
        folder TEXT NOT NULL,
        task INTEGER NOT NULL,
        work_key TEXT NOT NULL,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        -- Of the run; null: the run itself.
        replicate INTEGER,
        -- waiting, queued, running: open; done, failed, stopped: settled, once.
        state TEXT NOT NULL,
        -- What the cluster says of it.
        note TEXT NOT NULL DEFAULT '',
        -- What it was last handed over with: the folder's number, Slurm's id and the place in its array.
        submission INTEGER,
        array TEXT,
        place INTEGER,
        submissions INTEGER NOT NULL DEFAULT 0,
        -- Of the attempt's log, bytes that are in the project.
        attempt INTEGER NOT NULL DEFAULT 0,
        told INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (folder, task)
      ) STRICT, WITHOUT ROWID;
    `),
}
