import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { permissions } from '@/lib/access/permissions'
import { useCases } from './catalog'
import type { UseCase } from './define'

const root = path.resolve(import.meta.dirname, '..', '..')
const all = Object.entries<UseCase>(useCases)

describe('the catalogue of use cases', () => {
  it('has exactly what the permission table names: nothing runs without a permission, nothing is promised in vain', () => {
    expect(all.map(([name]) => name).sort()).toEqual(Object.keys(permissions).sort())
  })

  it.each(all)('%s goes by its own name and says what it does', (name, useCase) => {
    expect(useCase.name).toBe(name)
    expect(useCase.summary).toMatch(/^[A-Z].*[^.]$/)
  })

  it('gives every use case a method and path of its own, whatever its parameters are called', () => {
    const operations = all.map(([, { method, path: route }]) => `${method} ${route.replace(/\{\w+\}/g, '{}')}`)
    expect(new Set(operations).size).toBe(operations.length)
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
  'app/api/auth/[...nextauth]/route.ts': 'signing in comes before being signed in; next-auth guards it',
  'app/api/v1/docs/route.ts': 'how to ask, and nothing of what there is',
  'app/api/v1/docs/[asset]/route.ts': 'style and script of the reference, from a list of two files',
  'app/api/v1/openapi.json/route.ts': 'how to ask, and nothing of what there is',
  'app/api/v1/log/checkpoint/route.ts':
    'the checkpoint is published: it names the log, its size and its root, and nobody',
  'app/api/[...nowhere]/route.ts': 'it says that there is nothing',
  'app/healthz/route.ts': 'probes have no account; it says one word',
  'app/readyz/route.ts': 'probes have no account; it says one word',
}
const guardedRoute = 'app/api/v1/[[...operation]]/route.ts'
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
      [...Object.keys(openRoutes), ...fileRoutes, guardedRoute, rawRoute, pastRoute].sort(),
    )
  })

  it('lead every method of the API through the handler that looks up the actor', () => {
    const exported = textOf(guardedRoute).match(/handleApiRequest as (\w+)/g)
    expect(exported).toHaveLength(5)
    expect(textOf(rawRoute)).toMatch(/await handleApiRequest\(/)
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

  it('have no page outside but the one to sign in', () => {
    const outside = files('app/**/page.tsx').filter((page) => !page.startsWith('app/(app)/'))
    expect(outside).toEqual(['app/sign-in/page.tsx'])
  })

  it('take no server actions, which would be a door of their own', () => {
    const sources = [...files('app/**/*.{ts,tsx}'), ...files('components/**/*.{ts,tsx}')]
    expect(sources.filter((file) => /^\s*['"]use server['"]/m.test(textOf(file)))).toEqual([])
  })
})
