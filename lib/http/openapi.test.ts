import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { useCases } from '@/lib/use-cases/catalog'
import type { UseCase } from '@/lib/use-cases/define'
import { openApiDocument, problemList } from './openapi'

const kinds = new Map<string, UseCase['kind']>(Object.values(useCases).map(({ name, kind }) => [name, kind]))
const document = await openApiDocument()
/** As much of an operation as these tests look at. */
const operationSchema = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  parameters: z
    .array(
      z.object({
        name: z.string().optional(),
        in: z.string().optional(),
        required: z.boolean().optional(),
        $ref: z.string().optional(),
      }),
    )
    .default([]),
  requestBody: z.unknown().optional(),
})
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item ?? {}).map(([method, operation]) => ({
    path,
    method,
    operation: operationSchema.parse(operation),
  })),
)

/** Every `$ref` anywhere below a value. */
function* refsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string') yield inner
    else yield* refsIn(inner)
  }
}

function resolve(ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
      document,
    )
}

describe('the OpenAPI document', () => {
  it('is a 3.1 document for JSON', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })

  it('refers to nothing it does not have', () => {
    const refs = new Set(refsIn(document))
    expect(refs).toContain('#/components/schemas/Problem')
    expect([...refs].filter((ref) => !ref.startsWith('#/') || resolve(ref) === undefined)).toEqual([])
  })

  it('describes every tag that operations carry, and no other', () => {
    const used = new Set(operations.flatMap(({ operation }) => operation.tags))
    expect(document.tags?.map(({ name }) => name).sort()).toEqual([...used].sort())
  })

  it.each(operations)('$method $path is complete', ({ path, method, operation }) => {
    expect(operation).toMatchObject({
      operationId: expect.stringMatching(/^[a-z]+(\.[a-z]+){1,2}$/i),
      summary: expect.any(String),
      description: expect.stringContaining('Scope of a token'),
      responses: { 200: { description: expect.any(String) }, default: { $ref: '#/components/responses/Problem' } },
    })
    const { parameters } = operation
    const inPath = parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    expect(inPath.every(({ required }) => required)).toBe(true)
    const named = parameters.map(({ name, in: place, $ref }) => $ref ?? `${place} ${name}`)
    expect(new Set(named).size, 'a parameter is named once').toBe(named.length)
    const isCommand = kinds.get(operation.operationId) === 'command'
    expect(named.includes('#/components/parameters/IdempotencyKey')).toBe(isCommand)
    expect(operation.requestBody === undefined || method !== 'get', 'a GET has no body').toBe(true)
  })

  it('has every use case, once', () => {
    expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual([...kinds.keys()].sort())
  })

  it('says what every problem code means', () => {
    expect(problemList().every(({ status, title, fix }) => status >= 400 && title && fix)).toBe(true)
    expect(JSON.stringify(document)).toContain('`rate_limited` 429')
  })
})
