import { readFileSync } from 'node:fs'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const dockerfile = readFileSync('Dockerfile', 'utf8')
const stages = dockerfile.split(/^FROM /m).slice(1)
const last = stages.at(-1) ?? ''

const serviceSchema = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
})
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
  configs: z.record(z.string(), z.object({ content: z.string() })),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
})
const { services, networks, secrets, configs } = composeSchema.parse(parse(readFileSync('compose.yaml', 'utf8')))

/** No image is built here: a linter and these rules are what holds the files. */
describe('the image', () => {
  it('is one that the builder of images takes', () => {
    expect(validate(dockerfile).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([])
  })

  it('is built in one stage and run in another, both on the Node that the product is tested with', () => {
    expect(stages.length).toBe(2)
    const { devDependencies }: { devDependencies: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'))
    for (const stage of stages) expect(stage).toMatch(new RegExp(`^node:${devDependencies.node}-`))
  })

  it('runs without root, says whether it is well, and takes nothing from the network by itself', () => {
    expect(last).toMatch(/^USER node$/m)
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('CMD ["node", "--cond'))
    expect(last).toMatch(/^HEALTHCHECK /m)
    expect(dockerfile).not.toMatch(/^ADD |curl|wget/m)
  })

  it('holds no secret, and neither do the layers it is made of', () => {
    expect(dockerfile).not.toMatch(/^(?:ARG|ENV)\b.*(?:SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL)/m)
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.pentarch', '.env*', 'secrets', 'node_modules', '.next']))
  })
})

describe('the composition', () => {
  it('runs everything read-only and without new privileges, the app without any', () => {
    for (const [name, { read_only, security_opt }] of Object.entries(services)) {
      expect(read_only, name).toBe(true)
      expect(security_opt, name).toContain('no-new-privileges:true')
    }
    expect(services.app?.cap_drop).toEqual(['ALL'])
  })

  it('gives secrets by file alone, each of them declared', () => {
    for (const [name, service] of Object.entries(services)) {
      for (const [setting, value] of Object.entries(service.environment)) {
        if (!/SECRET|PASSWORD|KEY|DATABASE_URL/.test(setting)) continue
        expect(setting, name).toMatch(/_FILE$/)
        expect(service.secrets, setting).toContain(value.replace('/run/secrets/', ''))
      }
      for (const secret of service.secrets) expect(secrets, name).toHaveProperty(secret)
    }
  })

  it('lets nobody but the app reach the database, and nobody but this machine the app', () => {
    expect(services.database).toMatchObject({ networks: ['inside'], ports: [] })
    expect(networks.inside).toEqual({ internal: true })
    for (const port of services.app?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
  })

  it('gives the app a role of the database that owns its own and nothing else', () => {
    expect(services.database?.environment).not.toHaveProperty('POSTGRES_USER')
    expect(configs['app-role']?.content).toContain('CREATE ROLE pentarch LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE')
    expect(services.app?.secrets).not.toContain('superuser-password')
  })

  it('starts the app when the database is well', () => {
    expect(services.app?.depends_on).toEqual({ database: { condition: 'service_healthy' } })
    expect(services.database?.healthcheck).toBeDefined()
  })
})
