import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { permissions } from '@/lib/access/permissions'
import { scimUseCases } from '@/lib/provisioning/scim/catalog'
import { useCases } from './catalog'
import type { UseCase } from './define'

const root = path.resolve(import.meta.dirname, '..', '..')
const offered = Object.entries<UseCase>(useCases)
/** The SCIM server has addresses of its own, and nothing else of its own. */
const scim = Object.entries<UseCase>(scimUseCases)
const all = [...offered, ...scim]

describe('the catalogue of use cases', () => {
  it('has exactly what the permission table names: nothing runs without a permission, nothing is promised in vain', () => {
    expect(all.map(([name]) => name).sort()).toEqual(Object.keys(permissions).sort())
  })

  it.each(all)('%s goes by its own name and says what it does', (name, useCase) => {
    expect(useCase.name).toBe(name)
    expect(useCase.summary).toMatch(/^[A-Z].*[^.]$/)
  })

  it('gives every use case a method and path of its own, whatever its parameters are called', () => {
    for (const door of [offered, scim]) {
      const operations = door.map(([, { method, path: route }]) => `${method} ${route.replace(/\{\w+\}/g, '{}')}`)
      expect(new Set(operations).size).toBe(operations.length)
    }
  })

  it('never writes on a GET, which links and previews follow', () => {
    const writes = all.filter(([, { kind, method }]) => kind === 'command' && method === 'GET')
    expect(writes.map(([name]) => name)).toEqual([])
  })

  it('leaves the paths of the reference alone', () => {
    expect(all.filter(([, { path: route }]) => /^\/(?:docs|openapi\.json)(?:\/|$)/.test(route))).toEqual([])
  })
})

/** Every door of the app but the one with the use cases behind it, with the reason why it may stand open. */
const openRoutes: Record<string, string> = {
  'app/api/calendar/[token]/route.ts':
    'calendar programs cannot sign in: a secret in the address names whose due dates they read',
  'app/api/[...nowhere]/route.ts': 'it says that there is nothing',
  'app/api/auth/[...nextauth]/route.ts': 'signing in comes before being signed in; next-auth guards it',
  'app/api/v1/docs/route.ts': 'how to ask, and nothing of what there is',
  'app/api/v1/docs/[asset]/route.ts': 'style and script of the reference, from a list of two files',
  'app/api/v1/openapi.json/route.ts': 'how to ask, and nothing of what there is',
  'app/api/v1/log/checkpoint/route.ts':
    'the checkpoint is published: it names the log, its size and its root, and nobody',
  'app/api/account-links/route.ts':
    'a link makes an account one’s own before anybody could sign in: who has it is whom it is for',
  'app/api/sign-in/passkey/route.ts': 'what a passkey has to sign, which says nothing',
  'app/api/sign-out/[provider]/route.ts':
    'identity providers have no account: the signature of what they say is what lets it in',
  'app/healthz/route.ts': 'probes have no account; it says one word',
  'app/readyz/route.ts': 'probes have no account; it says one word',
}
const guardedRoute = 'app/api/v1/[[...operation]]/route.ts'
/** The SCIM server: use cases by addresses and messages that RFC 7644 prescribes. */
const scimRoute = 'app/scim/v2/[[...path]]/route.ts'
/** The same answers as bytes, looked up through the same handler. */
const rawRoute = 'app/api/v1/log/tile/[...tile]/route.ts'
/** Chooses what pages look at, for whoever is signed in. */
const pastRoute = 'app/api/past/route.ts'
/** Files to save, made of what queries answer to whoever is signed in. */
const fileRoutes = [
  'app/(app)/recertification/[slug]/report/csv/route.ts',
  'app/(app)/recertification/[slug]/report/pdf/route.ts',
]

describe('the doors of the app', () => {
  const files = (pattern: string) => globSync(pattern, { cwd: root }).map((file) => file.split(path.sep).join('/'))
  const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

  it('are the one with the use cases behind it, and those that are open for a reason', () => {
    expect(files('app/**/route.{ts,tsx,js}').sort()).toEqual(
      [...Object.keys(openRoutes), ...fileRoutes, guardedRoute, scimRoute, rawRoute, pastRoute].sort(),
    )
  })

  it('lead every method of the API through the handler that looks up the actor', () => {
    const exported = textOf(guardedRoute).match(/handleApiRequest as (\w+)/g)
    expect(exported).toHaveLength(5)
    expect(textOf(rawRoute)).toMatch(/await handleApiRequest\(/)
    expect(textOf(scimRoute).match(/handleScimRequest as (\w+)/g)).toHaveLength(5)
  })

  it('make files of nothing but what queries answer to whoever is there', () => {
    for (const file of [...fileRoutes, pastRoute]) {
      expect(textOf(file)).toMatch(/import \{ read(?:er)? \} from '@\/lib\/http\/page-data'/)
      expect(textOf(file)).not.toMatch(/store'|lib\/db/)
    }
  })

  it('have no page behind sign-in that shows something without asking who is there', () => {
    const pages = files('app/(app)/**/page.tsx')
    expect(pages.length).toBeGreaterThan(0)
    const asks = /import \{[^}]*\b(?:read|pageActor)\b[^}]*\} from '@\/lib\/http\/page-data'/
    expect(pages.filter((page) => !asks.test(textOf(page)))).toEqual([])
  })

  it('have no page outside but those that come before signing in', () => {
    const outside = files('app/**/page.tsx').filter((page) => !page.startsWith('app/(app)/'))
    expect(outside.sort()).toEqual(['app/sign-in/done/page.tsx', 'app/sign-in/page.tsx', 'app/welcome/page.tsx'])
  })

  it('take no server actions, which would be a door of their own', () => {
    const sources = [...files('app/**/*.{ts,tsx}'), ...files('components/**/*.{ts,tsx}')]
    expect(sources.filter((file) => /^\s*['"]use server['"]/m.test(textOf(file)))).toEqual([])
  })
})
