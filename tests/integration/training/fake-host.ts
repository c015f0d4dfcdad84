/** A host that starts a fake trainer and says so on its standard output; made to be killed. */
import { readFile } from 'node:fs/promises'
import { parseCommand } from '../../../src-main/training/messages.ts'
import { isHolding, watch } from './watched-run.ts'

const command = parseCommand(JSON.parse(await readFile(process.argv[2]!, 'utf8')))
if (command.type !== 'start') throw new Error('this host only starts')
await watch(command.job).waitFor(isHolding)
process.stdout.write('training\n')
