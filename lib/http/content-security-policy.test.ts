import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy'

const sourcesOf = (policy: string) =>
  new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]))

describe('the content security policy of pages', () => {
  it('lets scripts run that carry the nonce or are our own files, and no others', () => {
    const policy = sourcesOf(contentSecurityPolicy('abc123', false))
    expect(policy.get('script-src')).toEqual(["'self'", "'nonce-abc123'"])
    expect(policy.get('script-src-attr')).toEqual(["'none'"])
    expect(policy.get('default-src')).toEqual(["'none'"])
  })

  it('names no other origin, no scheme of the network and nothing unsafe but the styles in attributes', () => {
    const policy = sourcesOf(contentSecurityPolicy('abc123', false))
    for (const [directive, sources = []] of policy) {
      const allowed = directive === 'style-src-attr' ? ["'unsafe-inline'"] : ["'self'", "'none'", "'nonce-abc123'"]
      const rest = sources.filter((source) => !allowed.includes(source))
      expect(rest, directive).toEqual(directive === 'img-src' ? ['data:', 'blob:'] : [])
    }
  })

  it('is looser in development alone, where code is evaluated', () => {
    expect(contentSecurityPolicy('abc123', true)).toContain("'unsafe-eval'")
    expect(contentSecurityPolicy('abc123', false)).not.toContain('eval')
  })
})
