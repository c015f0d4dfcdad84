/** Every step with its parameters, for `prepare --help`. */
import type { Parameter } from '../../src-shared/preparations/step.ts'
import { demandOf, stepDefinitions } from '../../src-shared/preparations/steps.ts'

function parameterLine(parameter: Parameter): string {
  const { name, when } = parameter
  const open = parameter.kind === 'number' ? (parameter.open ?? '') : ''
  const standard = parameter.default === null ? open : String(parameter.default)
  const only = when === undefined ? '' : ` (${when[0]}=${when[1]})`
  return `      ${name}${only}: ${demandOf(parameter)}; default ${standard}`
}

export function stepsHelp(): string {
  return [
    'Steps, one after the other with | between them; parameters by name or in this order:',
    ...stepDefinitions.flatMap(({ step, kinds, about, parameters }) => [
      `  ${step} (${kinds.join(', ')}): ${about}`,
      ...parameters.map(parameterLine),
    ]),
  ].join('\n')
}
