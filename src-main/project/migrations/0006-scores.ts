/** Runs and epochs have a score whose meaning is the method's, and figures by name, instead of an ELBO and fixed fields. */
import type { Migration } from './migration.ts'

// `->` answers JSON as it is written: no digit is lost.
const figures = ['temperature', 'learningRate', 'klWeight']

export const scores: Migration = {
  version: 6,
  up: (database) =>
    database.execute(`
      ALTER TABLE runs RENAME COLUMN elbo TO score;
      UPDATE metrics SET metrics = json_remove(
        json_set(
          metrics,
          '$.score', json(metrics -> '$.elbo'),
          '$.validationScore', json(metrics -> '$.validationElbo'),
          '$.figures', json_object(${figures.map((name) => `'${name}', json(metrics -> '$.${name}')`).join(', ')})
        ),
        '$.elbo', '$.validationElbo', ${figures.map((name) => `'$.${name}'`).join(', ')}
      )
      WHERE json_valid(metrics);
    `),
}
