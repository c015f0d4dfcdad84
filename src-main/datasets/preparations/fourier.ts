/** Discrete Fourier transform of any length: fft.js for powers of two, else as a convolution of such (Bluestein 1970). */
import FFT from 'fft.js'

type Transform = (real: Float64Array, imaginary: Float64Array) => void

function powerOfTwo(n: number): Transform {
  const fft = new FFT(n)
  const [input, output] = [new Float64Array(2 * n), new Float64Array(2 * n)]
  return (real, imaginary) => {
    for (let i = 0; i < n; i++) {
      input[2 * i] = real[i]!
      input[2 * i + 1] = imaginary[i]!
    }
    fft.transform(output, input)
    for (let i = 0; i < n; i++) {
      real[i] = output[2 * i]!
      imaginary[i] = output[2 * i + 1]!
    }
  }
}

function anyLength(n: number): Transform {
  let size = 2
  while (size < 2 * n - 1) size *= 2
  const transform = powerOfTwo(size)
  // exp(-i pi k^2 / n); k^2 modulo 2n, so that large angles lose no digits.
  const angle = (k: number): number => (Math.PI * ((k * k) % (2 * n))) / n
  const cosine = Float64Array.from({ length: n }, (_, k) => Math.cos(angle(k)))
  const sine = Float64Array.from({ length: n }, (_, k) => -Math.sin(angle(k)))
  const [chirpReal, chirpImaginary] = [new Float64Array(size), new Float64Array(size)]
  for (let k = 0; k < n; k++)
    for (const at of [k, (size - k) % size]) {
      chirpReal[at] = cosine[k]!
      chirpImaginary[at] = -sine[k]!
    }
  transform(chirpReal, chirpImaginary)
  const [a, b] = [new Float64Array(size), new Float64Array(size)]
  return (real, imaginary) => {
    a.fill(0)
    b.fill(0)
    for (let k = 0; k < n; k++) {
      a[k] = real[k]! * cosine[k]! - imaginary[k]! * sine[k]!
      b[k] = real[k]! * sine[k]! + imaginary[k]! * cosine[k]!
    }
    transform(a, b)
    // The inverse transform is the transform of the conjugate.
    for (let k = 0; k < size; k++) {
      const re = a[k]! * chirpReal[k]! - b[k]! * chirpImaginary[k]!
      b[k] = -(a[k]! * chirpImaginary[k]! + b[k]! * chirpReal[k]!)
      a[k] = re
    }
    transform(a, b)
    for (let k = 0; k < n; k++) {
      const [re, im] = [a[k]! / size, -b[k]! / size]
      real[k] = re * cosine[k]! - im * sine[k]!
      imaginary[k] = re * sine[k]! + im * cosine[k]!
    }
  }
}

/** Transforms real and imaginary parts of `n` values in place. */
function fourier(n: number): Transform {
  if (n === 1) return () => undefined
  return Number.isInteger(Math.log2(n)) ? powerOfTwo(n) : anyLength(n)
}

/** |DFT|^2 of a real image, [height, width], the frequency 0 first. */
export function power2d(height: number, width: number): (values: Float64Array) => Float64Array {
  const [rows, columns] = [fourier(width), fourier(height)]
  return (values) => {
    const real = Float64Array.from(values)
    const imaginary = new Float64Array(values.length)
    for (let y = 0; y < height; y++)
      rows(real.subarray(y * width, (y + 1) * width), imaginary.subarray(y * width, (y + 1) * width))
    const [re, im] = [new Float64Array(height), new Float64Array(height)]
    const power = new Float64Array(values.length)
    for (let x = 0; x < width; x++) {
      for (let y = 0; y < height; y++) {
        re[y] = real[y * width + x]!
        im[y] = imaginary[y * width + x]!
      }
      columns(re, im)
      for (let y = 0; y < height; y++) power[y * width + x] = re[y]! ** 2 + im[y]! ** 2
    }
    return power
  }
}

/** Magnitude of the analytic signal of n real values (Gabor 1946): its negative frequencies taken away, the others doubled. */
export function analyticMagnitude(n: number): (values: Float64Array) => Float64Array {
  const transform = fourier(n)
  return (values) => {
    const [real, imaginary] = [Float64Array.from(values), new Float64Array(n)]
    transform(real, imaginary)
    for (let k = 0; k < n; k++) {
      const weight = k === 0 || 2 * k === n ? 1 : 2 * k < n ? 2 : 0
      real[k]! *= weight
      // The inverse transform is the transform of the conjugate, over n.
      imaginary[k]! *= -weight
    }
    transform(real, imaginary)
    return real.map((re, i) => Math.hypot(re, imaginary[i]!) / n)
  }
}
