import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CausalscopeError } from '../../../../src-shared/errors.ts'
import { completeRecipe, stepDefinitions } from '../../../../src-shared/preparations/steps.ts'
import { parseRecipe, recipeText } from '../../../../src-shared/preparations/text.ts'
import { anyStep } from '../../datasets/preparations/any-step.ts'

const anyRecipe = fc.array(
  fc.constantFrom(...stepDefinitions).chain((definition) => anyStep(definition)),
  { minLength: 1, maxLength: 6 },
)

describe('a recipe as text', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        expect(parseRecipe(recipeText(recipe))).toEqual(recipe)
        expect(completeRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe)
      }),
      { seed: 3 },
    )
  })

  it('takes values by place or by name, and says every one that applies', () => {
    expect(recipeText(parseRecipe('baseline(als,lambda=1e5)|snv|derivative( window=15, order = 2 )'))).toBe(
      'baseline(method=als,lambda=100000,p=0.01,iterations=10)|snv|derivative(window=15,degree=2,order=2)',
    )
    expect(recipeText(parseRecipe('baseline(polynomial,3)'))).toBe('baseline(method=polynomial,degree=3)')
    expect(recipeText(parseRecipe('crop(to=5)'))).toBe('crop(to=5)')
  })

  it.each([
    ['', 'Step 1 is empty.'],
    ['snv||log', 'Step 2 is empty.'],
    ['snv(', 'Step 1, "snv(", cannot be read.'],
    ['snw', 'There is no step "snw". Did you mean "snv"?'],
    ['derivative(window=4)', 'Step 1 (derivative): "window" must be an odd whole number from 3 to 999; it is "4".'],
    ['snv|smooth(window=1)', 'Step 2 (smooth): "window" must be an odd whole number from 3 to 999'],
    ['baseline(als,degree=2)', 'Step 1 (baseline): "degree" applies with method=polynomial only.'],
    ['baseline(magic)', 'Step 1 (baseline): "method" must be one of als, polynomial; it is "magic".'],
    ['smooth(size=5)', 'Step 1 (smooth) has no parameter "size". Its parameters are window, degree.'],
    ['snv(3)', 'Step 1 (snv) takes 0 parameters, and "3" is one more.'],
    ['smooth(5,window=7)', 'Step 1 (smooth) is given "window" twice.'],
    ['smooth(window=)', 'Step 1 (smooth): "window" must be'],
    [Array.from({ length: 21 }, () => 'snv').join('|'), 'A preparation has at most 20 steps.'],
  ])('refuses %j in words', (text, words) => {
    let told = ''
    try {
      parseRecipe(text)
    } catch (error) {
      if (!(error instanceof CausalscopeError)) throw error
      expect(error.code).toBe('refused')
      told = `${error.message} ${error.hint}`
    }
    expect(told).toContain(words)
  })
})

it('has a name, words and a range with a default within it for every parameter', () => {
  expect(new Set(stepDefinitions.map(({ step }) => step)).size).toBe(stepDefinitions.length)
  for (const { step, title, about, parameters } of stepDefinitions) {
    expect(step).toMatch(/^[a-z][a-z-]*$/)
    expect(title).not.toBe('')
    expect(about).toMatch(/\.$/)
    for (const parameter of parameters) {
      if (parameter.kind === 'number' && parameter.default === null) continue
      expect(completeRecipe([{ step, [parameter.name]: parameter.default, ...whenOf(parameter) }])).toHaveLength(1)
    }
  }
})

function whenOf({ when }: { readonly when?: readonly [string, string] }): Record<string, string> {
  return when === undefined ? {} : { [when[0]]: when[1] }
}
