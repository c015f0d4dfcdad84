/** A trainer process with the fake session; its disk breaks as the environment says. */
import { openParentPort } from '../../../src-main/training/parent-port.ts'
import { Trainer } from '../../../src-main/training/trainer.ts'
import * as v from 'valibot'
import { breakDisk, faultSchema } from '../../unit/training/faulty-disk.ts'
import { fakeParts } from '../../unit/training/fake-job.ts'

const fault = process.env.TEST_FAULT
if (fault !== undefined) breakDisk(v.parse(v.pipe(v.string(), v.parseJson(), faultSchema), fault))

const trainer = new Trainer(openParentPort(), fakeParts, (code) => process.exit(code))
process.on('uncaughtException', (error) => trainer.fail(error))
process.on('SIGTERM', () => trainer.leave())
trainer.serve()
