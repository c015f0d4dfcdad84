/**
 * What went wrong outside all tests: a file that cannot be loaded, a hook, a rejection that nobody awaited. Vitest's report
 * as JSON leaves these out; they are written, in words, to the file that CAUSALSCOPE_TEST_FAULTS names.
 */
import { writeFileSync } from 'node:fs'
import type { Reporter } from 'vitest/node'

export default class FaultsReporter implements Reporter {
  readonly onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandled) => {
    const words = ({ message, stack = '' }: { readonly message: string; readonly stack?: string }): string =>
      stack.includes(message) ? stack : `${message}\n${stack}`
    const ofSuites = modules.flatMap((module) => [
      ...module.errors().map((error) => `${module.moduleId}\n${words(error)}`),
      ...[...module.children.allSuites()].flatMap((suite) =>
        suite.errors().map((error) => `${module.moduleId}, ${suite.fullName}\n${words(error)}`),
      ),
    ])
    const file = process.env.CAUSALSCOPE_TEST_FAULTS
    if (file !== undefined) writeFileSync(file, JSON.stringify([...ofSuites, ...unhandled.map(words)]))
  }
}
