import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importers } from '.'
import { estateCollections, estateSchema } from './estate/model'
import { type ParsedImport, type TextImportKind, textImportKinds } from './model'

/** The project's own files, and a folder of real ones where the environment names it; in each a folder per kind. */
const roots = [join(import.meta.dirname, 'fixtures'), process.env.PENTARCH_CORPUS].filter((root) => root !== undefined)

const filesOf = (root: string, kind: TextImportKind): string[] =>
  existsSync(join(root, kind))
    ? globSync('**/*', { cwd: join(root, kind) })
        .sort()
        .filter((name) => statSync(join(root, kind, name)).isFile())
    : []

/** An import found something and can say where, or was refused and says why; either way nothing half-made is in it. */
function expectSound(parsed: ParsedImport, kind: TextImportKind): void {
  const entities = estateCollections.reduce((count, collection) => count + parsed.estate[collection].length, 0)
  if (kind !== 'estate') expect(entities + parsed.errors.length).toBeGreaterThan(0)
  expect(parsed.positions.size).toBe(entities)
  for (const { file, message, line } of [...parsed.errors, ...parsed.warnings]) {
    expect(file).not.toBe('')
    expect(message.length).toBeGreaterThan(3)
    expect(line === null || line >= 1).toBe(true)
  }
}

for (const root of roots) {
  describe(`files in ${root === process.env.PENTARCH_CORPUS ? 'PENTARCH_CORPUS' : 'fixtures'}`, () => {
    for (const kind of textImportKinds) {
      for (const name of filesOf(root, kind)) {
        it(`${kind}/${name} is read, or refused with a reason`, () => {
          const parsed = importers[kind]([{ name, bytes: readFileSync(join(root, kind, name)) }])
          expectSound(parsed, kind)
          for (const error of parsed.errors) expect(error).toMatchObject({ file: name, line: expect.any(Number) })
          if (parsed.errors.length === 0) expect(roundTrip(parsed)).toEqual(parsed.estate)
        })
      }
    }
  })
}

/** What an importer makes is an estate by the schema of estates. */
const roundTrip = ({ estate }: ParsedImport): unknown => estateSchema.parse(JSON.parse(JSON.stringify(estate)))

describe('every importer', () => {
  const kind = fc.constantFrom(...textImportKinds)
  const name = fc.constantFrom('a.json', 'b.yaml', 'c.csv', 'server.tools-list.json', 'd.ndjson', 'e')

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(kind, name, fc.uint8Array({ maxLength: 300 }), (importKind, fileName, bytes) => {
        expectSound(importers[importKind]([{ name: fileName, bytes }]), importKind)
      }),
      { numRuns: 600 },
    )
  })

  it('never throws on any text of the characters its formats are made of', () => {
    const characters = fc.constantFrom(
      ...'{}[]",:;-?!&*#|>%@`\'\\\n\t abc01',
      '\n- ',
      '---\n',
      'kind: ',
      '"name": ',
      'agent,tool\n',
      '\u200b',
      '\u0000',
    )
    fc.assert(
      fc.property(kind, name, fc.array(characters, { maxLength: 80 }), (importKind, fileName, parts) => {
        expectSound(
          importers[importKind]([{ name: fileName, bytes: new TextEncoder().encode(parts.join('')) }]),
          importKind,
        )
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws on any JSON, however its familiar keys are filled', () => {
    const key = fc.constantFrom(
      ...[
        'apiVersion',
        'kind',
        'name',
        'description',
        'skills',
        'url',
        'agents',
        'tools',
        'result',
        'serverInfo',
        'error',
        'jsonrpc',
      ],
      ...[
        'metadata',
        'spec',
        'owner',
        'members',
        'memberOf',
        'profile',
        'packages',
        'remotes',
        'servers',
        'server',
        'people',
        'owners',
      ],
      ...[
        'securitySchemes',
        'security',
        'annotations',
        'slug',
        'id',
        '__proto__',
        'constructor',
        'toString',
        'layer',
        'scope',
        'inputSchema',
      ],
    )
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(
        'pentarch/v1',
        'Estate',
        'Component',
        'Group',
        'User',
        'a',
        '',
        '\ud800',
        'x'.repeat(5000),
        null,
        true,
        0,
        -1.5,
      ),
      fc.string(),
    )
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 8 }),
      ),
    }))
    fc.assert(
      fc.property(kind, name, value, (importKind, fileName, json) => {
        const bytes = new TextEncoder().encode(JSON.stringify(json))
        expectSound(importers[importKind]([{ name: fileName, bytes }]), importKind)
      }),
      { numRuns: 3000 },
    )
  })
})
