/**
 * Entry of the process that tries a TensorFlow which a person names: it is loaded here for the first time, where a crash
 * costs an answer. Takes the settings folder in which it stands as named, answers and goes.
 */
import * as v from 'valibot'
import { toErrorData } from '../../src-shared/errors.ts'
import { openParentPort } from './parent-port.ts'

const port = openParentPort()

async function work({ settings }: { readonly settings: string }): Promise<void> {
  // Before anything asks what is named.
  process.env.CAUSALSCOPE_SETTINGS = settings
  const [{ tryNamed }, { modelCases }] = await Promise.all([
    import('../compute/tensorflow/native/try.ts'),
    import('../models/conformance-cases.ts'),
  ])
  port.send({ type: 'tried', ...(await tryNamed(modelCases)) })
}

port.onClosed(() => process.exit(0))
port.onMessage((message) => {
  work(v.parse(v.object({ settings: v.string() }), message)).catch((error: unknown) =>
    port.send({ type: 'error', error: toErrorData(error) }),
  )
})
