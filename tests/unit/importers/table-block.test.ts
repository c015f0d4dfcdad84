import { describe, expect, it } from 'vitest'
import { parseTable } from '../../../src-main/importers/delimited.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'

const table = (text: string) => parseTable(Buffer.from(text), 't.csv', defaultLimits)
const points = '0.0\t1.5\n0.1\t2.5\n0.2\t3.0\n'
const rows = [['0.0', '1.5'], ['0.1', '2.5'], ['0.2', '3.0']] // prettier-ignore

describe('the table in what instruments export', () => {
  it('stands below titles, comments and preambles', () => {
    expect(table(`Results of series 4\n\nx\ty\n${points}`)).toMatchObject({ columns: ['x', 'y'], rows, lines: [4, 5, 6], above: 1 }) // prettier-ignore
    expect(table(`% rig 2\n% T = 300 K\nx\ty\n${points}`)).toMatchObject({ columns: ['x', 'y'], rows })
    const labview = `LabVIEW Measurement\t\nWriter_Version\t2\n***End_of_Header***\t\n\nX_Value\tVoltage\tComment\n${points}`
    expect(table(labview)).toMatchObject({ columns: ['X_Value', 'Voltage'], rows })
    expect(table(`'Id: "2.0" Comment: "" Operator: "lab"\n${points.replaceAll('\t', ' ')}`)).toMatchObject({ hasHeader: false, rows }) // prettier-ignore
  })

  it('has its units below the names', () => {
    expect(table('Strain,Stress\n%,MPa\n0.0,1.5\n0.1,2.5\n0.2,3.0\n')).toMatchObject({ columns: ['Strain (%)', 'Stress (MPa)'], rows }) // prettier-ignore
    expect(table('Sample,Hardness\n,HV\na,1.5\nb,2.5\nc,3.5\n')).toMatchObject({ columns: ['Sample', 'Hardness (HV)'] })
  })

  it('is read without empty columns and rows around it, and with the short header of R', () => {
    expect(table('#Wave\t\t#Intensity\n3200.0\t\t285.6\n3147.5\t\t298.5\n3094.9\t\t311.6\n').columns).toEqual(['Wave', 'Intensity']) // prettier-ignore
    expect(table('id;h;g\na;1.5;2;\nb;2.5;3;\nc;3.5;4;\n').columns).toEqual(['id', 'h', 'g'])
    expect(table('id,h,g,,\na,1.5,2,,\nb,2.5,3,,\n,,,,\n,,,,\n').rows).toEqual([['a', '1.5', '2'], ['b', '2.5', '3']]) // prettier-ignore
    expect(table('h g\na 1.5 2\nb 2.5 3\nc 3.5 4\n').columns).toEqual(['column 1', 'h', 'g'])
  })

  it('keeps a first row whose cells are faulty', () => {
    expect(table('id,h,g\na,<0.5,2\nb,2.5,3\nc,3.5,4\nd,1.5,5\n').rows).toHaveLength(4)
    expect(table('id,h\na,broken\nb,2.5\nc,3.5\nd,1.5\ne,2\nf,2\n').rows).toHaveLength(6)
    expect(table('a,broken,2\nb,2.5,3\nc,3.5,4\nd,1.5,5\n').rows).toHaveLength(4)
  })

  it('joins two rows of names where the lower one repeats itself', () => {
    expect(table('sample,before,before,after,after\nid,h,g,h,g\na,1.5,2,3,4\nb,2.5,3,4,5\nc,1,2,3,4\n').columns).toEqual([
      'sample id', 'before h', 'before g', 'after h', 'after g',
    ]) // prettier-ignore
  })
})
