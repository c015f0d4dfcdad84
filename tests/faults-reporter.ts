/**
 * What failed, in words: tests with what differed, which Vitest's report as JSON says only "[ Array(1) ]" of, and what went
 * wrong outside all tests, which it leaves out: a file that cannot be loaded, a hook, a rejection that nobody awaited. Written
 * to the file that CAUSALSCOPE_TEST_FAULTS names.
 */
import { writeFileSync } from 'node:fs'
import type { Reporter } from 'vitest/node'

interface Thrown {
  readonly message: string
  readonly stack?: string
  readonly diff?: string
}

/** Of a difference: whoever needs all of it runs the test. */
const diffLines = 100

function words({ message, stack = '', diff }: Thrown): string {
  const said = stack.includes(message) ? stack : `${message}\n${stack}`
  return diff === undefined ? said : `${said}\n${diff.split('\n').slice(0, diffLines).join('\n')}`
}

export default class FaultsReporter implements Reporter {
  readonly onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandled) => {
    const failed = modules.flatMap(({ children }) =>
      [...children.allTests('failed')].map((test) =>
        [test.fullName, ...(test.result().errors ?? []).map(words)].join('\n'),
      ),
    )
    const ofSuites = modules.flatMap((module) => [
      ...module.errors().map((error) => `${module.moduleId}\n${words(error)}`),
      ...[...module.children.allSuites()].flatMap((suite) =>
        suite.errors().map((error) => `${module.moduleId}, ${suite.fullName}\n${words(error)}`),
      ),
    ])
    const file = process.env.CAUSALSCOPE_TEST_FAULTS
    if (file !== undefined)
      writeFileSync(file, JSON.stringify({ failed, outside: [...ofSuites, ...unhandled.map(words)] }))
  }
}
