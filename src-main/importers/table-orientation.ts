/** Tables of which nothing says for certain whether their rows or their columns are the samples. */
import { isIdName, isRunningName, labelAndUnit } from './cells.ts'
import type { Table } from './table.ts'
import { pointName, runsOn, sharesIds } from './table-layout.ts'
import { gridGroups, isRowNumber, numericShare } from './table-structure.ts'

/** Axes of spectra: no property of samples is called so. */
const spectralAxis =
  /^(?:wave ?lengths?|wave ?numbers?|wellenl(?:ä|ae?)nge|wellenzahl|raman(?: ?shift)?|(?:2|two)[ _-]?(?:theta|θ)|m\/?z|retention ?time|chemical ?shift|(?:photon|binding|kinetic) ?energy|lambda|λ|ν|q)$/i
/** Axes of other curves, which may be properties of samples as well. */
const otherAxis =
  /^(?:time|zeit|t|frequency|frequenz|freq|f|energy|energie|angle|winkel|strain|dehnung|displacement|extension|weg|position|depth|tiefe|distance|radius|temperature|temperatur|temp|potential|voltage|spannung|field|shift|mass|channel|kanal|x|dose|concentration)$/i
/** What a column of the names of measurements is called. */
const variableName =
  /^(?:genes?|proteins?|propert(?:y|ies)|eigenschaft(?:en)?|elements?|compounds?|peaks?|features?|variables?|parameters?|merkmale?|analytes?|metabolites?|taxa|taxon|otus?|asvs?|quantit(?:y|ies)|measures?|descriptors?)(?:[ _-]?(?:ids?|names?|symbols?))?$/i
const sampleName = /^(?:s|samples?|specimens?|proben?|muster|patients?|subjects?)[ _.-]?\d+$/i

const fewestPoints = 5
/** So many of the other columns' names must look like those of samples. */
const mostNames = 0.8

/** Whether a first column runs on and all others are numbered alike: points of samples in columns, or samples in rows. */
function mayHaveNumberedSamples(table: Table): boolean {
  if (!isNumberedAlike(table) || isRowNumber(table, 0)) return false
  return runsOn(table, 0, [[...table.rows.keys()]])
}

function isNumberedAlike(table: Table): boolean {
  if (!table.hasHeader || table.rows.length < 2) return false
  const others = gridGroups(table, 0).find(({ columns }) => columns.length === table.columns.length - 1)
  return others !== undefined && others.prefix !== ''
}

/** Whether the rows are named as points of curves are and the columns are numbered alike, whatever the first is called. */
function namesPointsInRows(table: Table): boolean {
  return isNumberedAlike(table) && table.rows.every(([name]) => pointName.test(name!))
}

/** Whether the first column is an axis by its name, and goes one way. */
function beginsWithAxis(table: Table): boolean {
  if (table.rows.length < fewestPoints) return false
  const { label } = labelAndUnit(table.columns[0]!)
  const named =
    table.columns.slice(1).filter((name) => /\d/.test(name)).length >= mostNames * (table.columns.length - 1)
  if (!spectralAxis.test(label) && !(otherAxis.test(label) && named)) return false
  return runsOn(table, 0, [[...table.rows.keys()]])
}

/** Whether the rows are called measurements, or the columns samples. */
function namesMeasurementsInRows(table: Table): boolean {
  const names = table.columns.slice(1)
  return (
    variableName.test(table.columns[0]!) ||
    names.filter((name) => sampleName.test(name)).length >= mostNames * names.length
  )
}

/**
 * Whether samples may stand in columns though no image or folder names them: by an axis or names of measurements in the
 * first column. `unnamed`: no column of the table names its samples; `known`: ids from elsewhere.
 */
export function mayHaveSamplesInColumns(table: Table, unnamed: () => boolean, known: ReadonlySet<string>): boolean {
  if (namesPointsInRows(table)) return true
  const first = table.columns[0]!
  if (!table.hasHeader || table.columns.length < 3 || isIdName(first) || isRunningName(first)) return false
  if (sharesIds(table, 0, known) || !table.columns.every((_, c) => c === 0 || numericShare(table, c) >= 0.5))
    return false
  if (numericShare(table, 0) < 0.5) return table.rows.length > 1 && namesMeasurementsInRows(table)
  return (mayHaveNumberedSamples(table) || beginsWithAxis(table)) && unnamed()
}
