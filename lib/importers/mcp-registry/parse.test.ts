import { describe, expect, it } from 'vitest'
import { errorLines, textFile } from '../testing'
import { importMcpRegistry } from './parse'

const base = { name: 'io.github.acme/Weather', description: 'Tells the weather', version: '1.0.0' }
const parse = (value: unknown) => importMcpRegistry([textFile('server.json', JSON.stringify(value, null, 1))])

describe('importMcpRegistry', () => {
  it('makes one tool of a server', () => {
    const parsed = parse({ ...base, packages: [] })
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.tools).toEqual([
      {
        slug: 'io.github.acme-weather',
        name: 'Weather',
        description: 'Tells the weather',
        kind: 'mcp_tool',
        independentPrivileges: 'unknown',
      },
    ])
  })

  it.each<[what: string, extra: Record<string, unknown>]>([
    ['an environment variable (2025-09)', { packages: [{ environmentVariables: [{ name: 'KEY', isSecret: true }] }] }],
    [
      'an environment variable (2025-05)',
      { packages: [{ environment_variables: [{ name: 'KEY', is_secret: true }] }] },
    ],
    ['a header', { remotes: [{ headers: [{ name: 'Authorization', isSecret: true }] }] }],
    ['a variable of an argument', { packages: [{ runtimeArguments: [{ variables: { token: { isSecret: true } } }] }] }],
  ])('takes %s that is secret as power of its own', (_what, extra) => {
    expect(parse({ ...base, ...extra }).estate.tools[0]?.independentPrivileges).toBe('yes')
  })

  it.each<[what: string, value: unknown]>([
    ['a list', [base]],
    ['a registry answer', { servers: [{ server: base, _meta: {} }], metadata: {} }],
    ['an older registry answer', { servers: [base] }],
    ['one wrapped server', { server: base }],
  ])('reads %s', (_what, value) => {
    const parsed = parse(value)
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.tools).toHaveLength(1)
  })

  it('keeps the latest of several versions and says so', () => {
    const parsed = parse([
      { ...base, title: 'Old', version: '1.0.0' },
      { ...base, title: 'Latest', version: '2.0.0', _meta: { 'io.example/official': { isLatest: true } } },
      { ...base, title: 'Older', version: '0.9.0' },
    ])
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.tools.map((tool) => tool.name)).toEqual(['Latest'])
    expect(parsed.warnings.map((warning) => warning.field)).toEqual(['[0]', '[2]'])
  })

  it('reads the tools that a server card lists', () => {
    const parsed = parse({ ...base, tools: [{ name: 'now', annotations: { readOnlyHint: true } }, { name: 'now' }] })
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.tools[0]?.actions).toEqual([{ name: 'now', readOnly: 'yes', destructive: 'no' }])
    expect(parsed.warnings).toHaveLength(1)
  })

  it('leaves out blank entries of a list with a warning', () => {
    const parsed = parse([{ id: '', name: '', description: '', version_detail: {} }, base])
    expect(errorLines(parsed)).toEqual([])
    expect(errorLines(parsed, 'warnings')).toEqual(['server.json:2 [0]: A blank entry; it is left out'])
  })

  it('takes a server that is no longer there as retired', () => {
    expect(parse({ ...base, status: 'deleted' }).estate.tools[0]?.lifecycle).toBe('retired')
  })

  it.each<[what: string, value: unknown, error: string]>([
    ['a schema', { $schema: 'http://json-schema.org/draft-07/schema#', title: 'x' }, 'this is a JSON Schema'],
    [
      'an agent card',
      { name: 'a', description: 'b', version: '1', url: 'https://x', skills: [] },
      'this looks like an A2A agent card',
    ],
    [
      'the manifest of a package',
      { name: 'a', description: 'b', version: '1', scripts: {} },
      'this is the manifest of a package',
    ],
    [
      'another file of that name',
      { transactions: [] },
      'it lacks name, description, version, packages or remotes (it has transactions)',
    ],
    ['an empty list', [], 'expected a mapping of keys'],
    [
      'a placeholder for a name',
      { ...base, name: 'io.github.<owner>/<server>' },
      "The name is a template's placeholder",
    ],
    ['a slug that is too long', { ...base, name: `io.github.acme/${'x'.repeat(120)}` }, 'At most 100 characters'],
    [
      'two names of one slug',
      [base, { ...base, name: 'io.github.acme/weather' }],
      'Two servers would share the slug "io.github.acme-weather"',
    ],
    ['nothing but blank entries', [{ id: '', name: '', description: '' }], 'Nothing to import'],
  ])('refuses %s', (_what, value, error) => {
    const [first] = parse(value).errors
    expect(first?.message).toContain(error)
    expect(first?.line).toBeGreaterThan(0)
  })
})
