/**
 * Convolution over [n, h, w, channels] and its two gradients as matrix products. Patches are gathered a block at a time
 * into cache-sized scratch, so that nothing of the size of all patches ever exists. A run of a filter's row over x is
 * contiguous in memory, which makes gathering and scattering plain vector copies and adds.
 */
import { clear, copyOver, roundUp } from './arithmetic'
import { activated } from './elementwise'
import { depthOf, multiplyPacked, pack, packedBytes } from './gemm'

/** Bytes of patches gathered at a time. */
const blockBytes: i32 = 163840

/** Floats from one gathered patch to the next: room for copies in steps of four, and rows spread over cache sets. */
@inline
function patchStride(patch: i32): i32 {
  return roundUp(patch, 8) + 8
}

/** Output pixels in a block: a multiple of the register tile's 6 rows. */
function blockRows(rows: i32, patch: i32): i32 {
  return min(roundUp(rows, 6), max(6, (blockBytes / (patchStride(patch) * 4) / 6) * 6))
}

/** Images in a block of the input gradient: their output pixels should fill register tiles. */
function blockImages(images: i32, pixels: i32, patch: i32): i32 {
  return max(1, min(images, (blockBytes * 2) / (patchStride(patch) * 4 * pixels)))
}

/** Bytes of scratch that any of the three convolutions needs. */
export function convolutionScratch(images: i32, patch: i32, outChannels: i32, outPixels: i32): i32 {
  const rows = max(blockRows(images * outPixels, patch), blockImages(images, outPixels, patch) * outPixels)
  const packed = max(packedBytes(patch, outChannels), packedBytes(outChannels, patch))
  return rows * (patchStride(patch) + roundUp(outChannels, 16)) * 4 + packed + roundUp(max(patch, outChannels), 16) * 4 + 1024
}

/** One row of the filter's window over x for `count` output pixels in a row, from output column `ox` on. */
function gatherRow(
  x: usize,
  w: i32,
  channels: i32,
  kw: i32,
  strideX: i32,
  left: i32,
  ox: i32,
  count: i32,
  to: usize,
  stride: usize,
): void {
  const run = kw * channels
  const step = (<usize>(strideX * channels)) << 2
  let x0 = ox * strideX - left
  let from = x + (<usize>(x0 * channels) << 2)
  for (; count > 0; count--, x0 += strideX, from += step, to += stride) {
    if (x0 >= 0 && x0 + kw <= w) {
      if (run > 8 && run <= 12) {
        v128.store(to, v128.load(from))
        v128.store(to, v128.load(from, 16), 16)
        v128.store(to, v128.load(from, 32), 32)
      } else copyOver(to, from, run)
      continue
    }
    const before = max(0, -x0)
    const inside = min(kw, w - x0) - before
    clear(to, run)
    if (inside <= 0) continue
    const offset = (<usize>(before * channels)) << 2
    copyOver(to + offset, from + offset, inside * channels)
    const after = (before + inside) * channels
    if (after < run) clear(to + ((<usize>after) << 2), run - after)
  }
}

/**
 * Patches of output pixels first .. first + rows (counted over all images) into `to`, one each patchStride floats. Rows of
 * the filter come in order: the few floats that a copy writes past its end belong to the next one.
 */
function gather(
  x: usize,
  h: i32,
  w: i32,
  channels: i32,
  kh: i32,
  kw: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  oh: i32,
  ow: i32,
  first: i32,
  rows: i32,
  to: usize,
): void {
  const run = kw * channels
  const stride = (<usize>patchStride(kh * run)) << 2
  let ox = first % ow
  let oy = (first / ow) % oh
  let image = first / (ow * oh)
  while (rows > 0) {
    const count = min(rows, ow - ox)
    for (let ky = 0; ky < kh; ky++) {
      const y = oy * strideY + ky - top
      const at = to + ((<usize>(ky * run)) << 2)
      if (y >= 0 && y < h) {
        const row = x + ((<usize>((image * h + y) * w * channels)) << 2)
        gatherRow(row, w, channels, kw, strideX, left, ox, count, at, stride)
      } else for (let i = 0; i < count; i++) clear(at + <usize>i * stride, run)
    }
    to += <usize>count * stride
    rows -= count
    ox = 0
    if (++oy == oh) {
      oy = 0
      image++
    }
  }
}

/** Adds `count` floats to those at `to`. */
@inline
function addRun(to: usize, from: usize, count: i32): void {
  const end = to + ((<usize>count) << 2)
  const vectors = to + ((<usize>(count & ~7)) << 2)
  while (to < vectors) {
    const low = f32x4.add(v128.load(to), v128.load(from))
    const high = f32x4.add(v128.load(to, 16), v128.load(from, 16))
    v128.store(to, low)
    v128.store(to, high, 16)
    to += 32
    from += 32
  }
  while (to < end) {
    store<f32>(to, load<f32>(to) + load<f32>(from))
    to += 4
    from += 4
  }
}

/** Adds the patches of one image's output pixels to that image: the adjoint of gather. */
function scatter(
  x: usize,
  h: i32,
  w: i32,
  channels: i32,
  kh: i32,
  kw: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  oh: i32,
  ow: i32,
  from: usize,
): void {
  const run = kw * channels
  const stride = (<usize>patchStride(kh * run)) << 2
  for (let oy = 0; oy < oh; oy++)
    for (let ox = 0; ox < ow; ox++) {
      const x0 = ox * strideX - left
      const before = max(0, -x0)
      const inside = min(kw, w - x0) - before
      if (inside > 0)
        for (let ky = 0; ky < kh; ky++) {
          const y = oy * strideY + ky - top
          if (y >= 0 && y < h)
            addRun(
              x + ((<usize>((y * w + x0 + before) * channels)) << 2),
              from + ((<usize>(ky * run + before * channels)) << 2),
              inside * channels,
            )
        }
      from += stride
    }
}

/** y [n, oh, ow, out] = f(bias + conv(x [n, h, w, in], filter [kh, kw, in, out])); bias may be 0, f as in gemm. */
export function convolution(
  x: usize,
  filter: usize,
  bias: usize,
  activation: i32,
  to: usize,
  images: i32,
  h: i32,
  w: i32,
  channels: i32,
  kh: i32,
  kw: i32,
  outChannels: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  oh: i32,
  ow: i32,
  scratch: usize,
): void {
  const patch = kh * kw * channels
  const stride = patchStride(patch)
  const rows = images * oh * ow
  const block = blockRows(rows, patch)
  const edge = scratch
  scratch += 512
  let start = bias
  if (bias == 0) {
    clear(scratch, roundUp(outChannels, 16))
    start = scratch
  }
  scratch += <usize>(roundUp(outChannels, 16) * 4)
  const packed = scratch
  const depth = depthOf(patch)
  const patches = scratch + <usize>packedBytes(patch, outChannels)
  for (let p = 0; p < patch; p += depth)
    pack(
      filter + ((<usize>(p * outChannels)) << 2),
      outChannels,
      false,
      min(depth, patch - p),
      outChannels,
      packed + <usize>packedBytes(p, outChannels),
    )
  for (let first = 0; first < rows; first += block) {
    const count = min(block, rows - first)
    gather(x, h, w, channels, kh, kw, strideY, strideX, top, left, oh, ow, first, count, patches)
    const at = to + ((<usize>(first * outChannels)) << 2)
    for (let p = 0; p < patch; p += depth)
      multiplyPacked(
        count,
        outChannels,
        min(depth, patch - p),
        patches + ((<usize>p) << 2),
        stride,
        false,
        packed + <usize>packedBytes(p, outChannels),
        at,
        outChannels,
        p == 0 ? start : at,
        p == 0 ? 0 : (<usize>outChannels) << 2,
        edge,
      )
    if (activation != 0) activated(activation, at, at, count * outChannels)
  }
}

/** dfilter [kh, kw, in, out] of `convolution` from x and dy [n, oh, ow, out]. */
export function filterGradient(
  x: usize,
  dy: usize,
  to: usize,
  images: i32,
  h: i32,
  w: i32,
  channels: i32,
  kh: i32,
  kw: i32,
  outChannels: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  oh: i32,
  ow: i32,
  scratch: usize,
): void {
  const patch = kh * kw * channels
  const stride = patchStride(patch)
  const rows = images * oh * ow
  const block = blockRows(rows, patch)
  const edge = scratch
  const packed = scratch + 512
  const patches = packed + <usize>(block * roundUp(outChannels, 16) * 4)
  clear(to, patch * outChannels)
  for (let first = 0; first < rows; first += block) {
    const count = min(block, rows - first)
    gather(x, h, w, channels, kh, kw, strideY, strideX, top, left, oh, ow, first, count, patches)
    const row = (<usize>outChannels) << 2
    pack(dy + <usize>first * row, outChannels, false, count, outChannels, packed)
    multiplyPacked(patch, outChannels, count, patches, stride, true, packed, to, outChannels, to, row, edge)
  }
}

/**
 * dx [n, h, w, in] of `convolution` from dy [n, oh, ow, out]. With a bias [in] (else 0) and, an activation on top it
 * is a layer of transposed convolution.
 */
export function inputGradient(
  dy: usize,
  filter: usize,
  bias: usize,
  activation: i32,
  to: usize,
  images: i32,
  h: i32,
  w: i32,
  channels: i32,
  kh: i32,
  kw: i32,
  outChannels: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  oh: i32,
  ow: i32,
  scratch: usize,
): void {
  const patch = kh * kw * channels
  const stride = patchStride(patch)
  const pixels = oh * ow
  const block = blockImages(images, pixels, patch)
  const edge = scratch
  const zero = scratch + 512
  clear(zero, roundUp(patch, 16))
  const packed = zero + <usize>(roundUp(patch, 16) * 4)
  const patches = packed + <usize>packedBytes(outChannels, patch)
  // Patches have room to spare: whole tiles are written, and what lies beyond the patch is never read.
  const padded = roundUp(patch, 8)
  const depth = depthOf(outChannels)
  for (let p = 0; p < outChannels; p += depth)
    pack(
      filter + ((<usize>p) << 2),
      outChannels,
      true,
      min(depth, outChannels - p),
      patch,
      packed + <usize>packedBytes(p, patch),
    )
  const image = h * w * channels
  for (let first = 0; first < images; first += block) {
    const count = min(block, images - first)
    for (let p = 0; p < outChannels; p += depth)
      multiplyPacked(
        count * pixels,
        padded,
        min(depth, outChannels - p),
        dy + ((<usize>(first * pixels * outChannels + p)) << 2),
        outChannels,
        false,
        packed + <usize>packedBytes(p, patch),
        patches,
        stride,
        p == 0 ? zero : patches,
        p == 0 ? 0 : (<usize>stride) << 2,
        edge,
      )
    for (let i = 0; i < count; i++) {
      const at = to + ((<usize>((first + i) * image)) << 2)
      if (bias == 0) clear(at, image)
      else
        for (let pixel = 0; pixel < h * w; pixel++)
          memory.copy(at + ((<usize>(pixel * channels)) << 2), bias, (<usize>channels) << 2)
      scatter(
        at,
        h,
        w,
        channels,
        kh,
        kw,
        strideY,
        strideX,
        top,
        left,
        oh,
        ow,
        patches + ((<usize>(i * pixels * stride)) << 2),
      )
      if (activation != 0) activated(activation, at, at, image)
    }
  }
}
