import { describe, expect, it } from 'vitest'
import { checkSignInSettings, oidcProviders } from './settings'

const base = { OIDC_ISSUER: 'https://id.example.org', OIDC_CLIENT_ID: 'pentarch', OIDC_CLIENT_SECRET: 'secret' }
const env = (more: Record<string, string> = {}) => ({ NODE_ENV: 'test', ...more }) as NodeJS.ProcessEnv

describe('the identity providers of the environment', () => {
  it('are none without settings, and have defaults for what is left out', () => {
    expect(oidcProviders(env())).toEqual([])
    expect(oidcProviders(env(base))).toEqual([
      {
        ...{ id: 'oidc', name: 'id.example.org', issuer: 'https://id.example.org', clientId: 'pentarch' },
        ...{ clientSecret: 'secret', scope: 'openid email profile', groupsClaim: 'groups', roleOfGroup: [] },
        ...{ defaultRole: null, trustsEmail: false },
      },
    ])
  })

  it('may be several, and a group may have an equals sign in its name', () => {
    const second = { OIDC_2_ISSUER: 'https://login.example.com/v2', OIDC_2_CLIENT_ID: 'p', OIDC_2_CLIENT_SECRET: 's' }
    const roles = { OIDC_2_ROLES: 'CN=Leads=governance_lead, audit=auditor', OIDC_2_DEFAULT_ROLE: 'member' }
    const [, other] = oidcProviders(env({ ...base, ...second, ...roles }))
    expect(other).toMatchObject({
      id: 'oidc-2',
      defaultRole: 'member',
      roleOfGroup: [
        ['CN=Leads', 'governance_lead'],
        ['audit', 'auditor'],
      ],
    })
  })

  it.each([
    [{ ...base, OIDC_ISSUER: 'http://id.example.org' }, /OIDC_ISSUER: must begin with https/],
    [{ OIDC_ISSUER: 'https://id.example.org' }, /OIDC_CLIENT_ID: must be set/],
    [{ ...base, OIDC_ROLES: 'leads=boss' }, /OIDC_ROLES: must list groups with their role/],
    [{ ...base, OIDC_SCOPE: 'email' }, /OIDC_SCOPE: must have openid/],
    [{ LOCAL_SIGN_IN: 'off' }, /LOCAL_SIGN_IN: may be off only/],
    [{ LOCAL_SIGN_IN: 'no' }, /LOCAL_SIGN_IN: must be on or off/],
  ])('are refused by name when %o', (given, words) => {
    expect(() => checkSignInSettings(env(given))).toThrow(words)
  })

  it('may be on this very machine without TLS', () => {
    expect(oidcProviders(env({ ...base, OIDC_ISSUER: 'http://localhost:4000' }))).toHaveLength(1)
  })
})
