import { describe, expect, it } from 'vitest'
import { isCurrent, navItems } from './nav'

describe('the navigation', () => {
  it.each([
    ['/', '/', true],
    ['/', '/agents', false],
    ['/agents', '/agents', true],
    ['/agents', '/agents/support-bot', true],
    ['/agents', '/agents-of-old', false],
  ])('%s is marked on %s: %s', (href, pathname, current) => {
    expect(isCurrent(href, pathname)).toBe(current)
  })

  it('has one key for each place', () => {
    expect(new Set(navItems.map(({ key }) => key)).size).toBe(navItems.length)
  })
})
