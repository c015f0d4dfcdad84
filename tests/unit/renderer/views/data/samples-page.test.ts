import { expect, test } from 'vitest'
import { cardsFitting } from '../../../../../src-renderer/views/data/samples-page.svelte.ts'

test('a page of cards holds what the window shows, and neither next to nothing nor hundreds', () => {
  expect(cardsFitting(1280, 800)).toBe(24)
  expect(cardsFitting(1600, 900)).toBe(36)
  expect(cardsFitting(3840, 2160)).toBe(48)
  expect(cardsFitting(640, 400)).toBe(24)
  expect(cardsFitting(0, 0)).toBe(24)
})
