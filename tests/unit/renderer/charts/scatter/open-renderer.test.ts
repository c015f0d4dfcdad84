import { describe, expect, it } from 'vitest'
import {
  isSoftwareName,
  preferredRenderer,
  softwareUpTo,
} from '../../../../../src-renderer/charts/scatter/open-renderer.ts'

describe('isSoftwareName', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'ANGLE (Mesa, llvmpipe (LLVM 15.0.7 256 bits), OpenGL 4.5)',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)',
  ])('knows %s', (name) => expect(isSoftwareName(name)).toBe(true))

  it.each(['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060)', 'Apple M2', 'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620)'])(
    'takes %s for a GPU',
    (name) => expect(isSoftwareName(name)).toBe(false),
  )
})

describe('preferredRenderer', () => {
  it('is WebGL for as many points as even software draws smoothly', () => {
    expect(preferredRenderer(softwareUpTo)).toBe('webgl')
  })
})
