import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { theme } from './theme'

const css = readFileSync(new URL('../app/globals.css', import.meta.url), 'utf8')

/** The tokens of one colour scheme, as written in the style sheet. */
function tokensOf(scheme: 'light' | 'dark'): Map<string, string> {
  const block = css.split(`data-mantine-color-scheme="${scheme}"] {`)[1]?.split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--p-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [high = 1, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['canvas', 'surface', 'raised', 'hover']
const texts = ['text', 'text-2', 'accent-text', 'owned', 'inherited', 'unconfirmed', 'orphaned', 'unowned']
const textPairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground])),
  ...['unconfirmed', 'orphaned', 'unowned', 'low', 'medium', 'high', 'critical', 'good', 'info'].map((name) => [
    name,
    `${name}-ground`,
  ]),
  ...['low', 'medium', 'high', 'critical', 'good', 'info'].map((name) => [name, 'canvas']),
  ['unowned', 'unowned-hatch'],
  ['accent-text', 'accent-soft'],
  ['text', 'accent-soft'],
  ['on-accent', 'accent'],
]
const shapePairs = ['line-strong', 'owned-mark', 'unconfirmed-line', 'accent'].map((name) => [name, 'canvas'])

describe.each(['light', 'dark'] as const)('the %s colours', (scheme) => {
  const tokens = tokensOf(scheme)
  const ratio = ([front = '', back = '']: string[]) =>
    contrast(tokens.get(front) ?? '#000000', tokens.get(back) ?? '#000000')

  it('keep text at 4.5:1 or more on every ground it stands on', () => {
    const failing = textPairs
      .filter((pair) => ratio(pair) < 4.5)
      .map((pair) => `${pair.join(' on ')}: ${ratio(pair).toFixed(2)}`)
    expect(failing).toEqual([])
  })

  it('keep shapes that carry meaning at 3:1 or more', () => {
    const failing = shapePairs
      .filter((pair) => ratio(pair) < 3)
      .map((pair) => `${pair.join(' on ')}: ${ratio(pair).toFixed(2)}`)
    expect(failing).toEqual([])
  })

  it('keep white text readable on a filled button', () => {
    const shade = theme.primaryShade
    const index = typeof shade === 'object' ? shade[scheme] : shade
    expect(contrast('#ffffff', theme.colors?.accent?.[index ?? 0] ?? '#ffffff')).toBeGreaterThanOrEqual(4.5)
  })
})
