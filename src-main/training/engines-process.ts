/**
 * Entry of the process that looks for tensor engines: native libraries and GPU drivers are loaded here, where a crash
 * costs an answer, not the window. Says what it found and goes.
 */
import { toErrorData } from '../../src-shared/errors.ts'
import { describeEngines } from '../compute/registry.ts'
import { openParentPort } from './parent-port.ts'

const port = openParentPort()
port.onClosed(() => process.exit(0))
try {
  port.send({ type: 'engines', engines: await describeEngines() })
} catch (error) {
  port.send({ type: 'error', error: toErrorData(error) })
}
