import { describe, expect, it } from 'vitest'
import { enforcementLayer } from '@/lib/layers'
import { errorLines, textFile } from '../testing'
import { importBackstage } from './parse'

/** What a scaffolder puts a value in the place of. */
const placeholder = '$'.concat('{{ values.name }}')
const entity = (kind: string, name: string, spec = '{}', metadata = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${metadata}spec: ${spec}\n`
const parse = (...entities: string[]) => importBackstage([textFile('catalog.yaml', entities.join('---\n'))])

describe('importBackstage', () => {
  it('reads users, groups, memberships told from either side, tools and their owners', () => {
    const parsed = parse(
      entity('User', 'ana', '{ profile: { displayName: Ana Ruiz, email: ana@example.org }, memberOf: [payments] }'),
      entity('User', 'ben', '{}'),
      entity(
        'Group',
        'payments',
        '{ type: team, members: [user:default/Ben], profile: { displayName: Payments, email: pay@example.org } }',
      ),
      entity('Group', 'secops', '{ type: team }'),
      entity(
        'Component',
        'checkout',
        '{ type: service, owner: payments }',
        '  title: Checkout\n  description: Takes money\n',
      ),
      entity('Component', 'nightly', '{ type: batch-job, owner: group:default/payments }'),
      entity('API', 'orders', '{ type: openapi, owner: GROUP:Payments }'),
      entity('Resource', 'orders-db', '{ type: database, owner: payments }'),
      entity('AiResource', 'helper', '{ type: mcp-server, owner: payments }'),
    )
    expect(errorLines(parsed)).toEqual([])
    expect(errorLines(parsed, 'warnings')).toEqual([])
    expect(parsed.estate.people).toEqual([
      { id: 'ana', name: 'Ana Ruiz', email: 'ana@example.org' },
      { id: 'ben', name: 'ben' },
    ])
    expect(parsed.estate.teams).toEqual([
      {
        slug: 'payments',
        name: 'Payments',
        contact: 'pay@example.org',
        members: [
          { person: 'ben', role: 'member' },
          { person: 'ana', role: 'member' },
        ],
      },
      { slug: 'secops', name: 'secops', function: 'secops' },
    ])
    expect(parsed.estate.tools.map(({ slug, name, kind }) => [slug, name, kind])).toEqual([
      ['checkout', 'Checkout', 'api'],
      ['nightly', 'nightly', 'workflow'],
      ['orders', 'orders', 'api'],
      ['orders-db', 'orders-db', 'dataset'],
      ['helper', 'helper', 'mcp_tool'],
    ])
    expect(parsed.estate.owners).toHaveLength(5)
    expect(parsed.estate.owners[0]).toEqual({
      layer: enforcementLayer,
      scope: 'tool',
      subject: 'checkout',
      team: 'payments',
      state: 'proposed',
    })
  })

  it.each<[what: string, owner: string, warning: string]>([
    [
      'an address',
      'ana@example.org',
      '"ana@example.org" is the address of a person; which team it stands for is unknown',
    ],
    ['a user', 'user:ana', '"user:ana" is a person; which team they stand for is unknown'],
    ['the bare name of a user', 'ana', '"ana" is a person; which team they stand for is unknown'],
    ['a placeholder', `"${placeholder}"`, `"${placeholder}" is a template's placeholder; it is left out`],
    ['another kind', 'domain:cloud', '"domain:cloud" is a domain, not a group'],
    ['a mapping', '{ a: b }', '"a" names no owner'],
    ['words', 'the whole team', '"the whole team" is no reference to a group'],
  ])('warns of an owner that is %s', (_what, owner, warning) => {
    const parsed = parse(entity('User', 'ana'), entity('Component', 'a', `{ owner: ${owner} }`))
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.owners).toEqual([])
    expect(errorLines(parsed, 'warnings')).toEqual([`catalog.yaml:11 spec.owner: ${warning}`])
  })

  it.each<[owner: string, slug: string]>([
    ['CNCF', 'cncf'],
    ['backstage/maintainers', 'backstage.maintainers'],
    ['group:default/inari', 'inari'],
    ['Team_Blue', 'team-blue'],
  ])('adds the group %s that no file describes by its name alone', (owner, slug) => {
    const parsed = parse(entity('Component', 'a', `{ owner: ${owner} }`))
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.teams.map((team) => team.slug)).toEqual([slug])
    expect(parsed.estate.owners[0]?.team).toBe(slug)
    expect(parsed.warnings).toHaveLength(1)
  })

  it('tells entities of several kinds with one name apart, the component first', () => {
    const parsed = parse(entity('API', 'petstore', '{ owner: a }'), entity('Component', 'petstore', '{ owner: a }'))
    expect(parsed.estate.tools.map((tool) => tool.slug)).toEqual(['petstore', 'petstore-api'])
  })

  it('takes an entity that stands twice once, and leaves out unfilled templates', () => {
    const parsed = parse(
      entity('Component', 'a', '{ owner: x }'),
      entity('Component', 'a', '{ owner: y }'),
      entity('Component', `"${placeholder}"`),
    )
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.tools).toHaveLength(1)
    expect(parsed.warnings).toHaveLength(3)
  })

  it('says once for each kind what it leaves out', () => {
    const parsed = parse(
      entity('Component', 'a', '{ owner: x }'),
      entity('System', 'b'),
      entity('System', 'c'),
      entity('Domain', 'd'),
    )
    expect(errorLines(parsed, 'warnings').slice(1)).toEqual([
      'catalog.yaml:7 -: 2 of kind "system" left out: not part of an estate',
      'catalog.yaml:19 -: 1 of kind "domain" left out: not part of an estate',
    ])
  })

  it('leaves out members that no file describes, once for each group', () => {
    const parsed = parse(entity('Group', 'a', '{ members: [x, y, 7] }'))
    expect(errorLines(parsed, 'warnings')).toEqual([
      'catalog.yaml:5 spec.members: 3 members of "a" are described nowhere in these files and are left out: x, y, number',
    ])
  })

  it('reads the list that the catalog itself answers', () => {
    const parsed = importBackstage([
      textFile('entities.json', JSON.stringify([{ kind: 'Group', metadata: { name: 'a' } }])),
    ])
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.teams).toHaveLength(1)
  })

  it.each<[what: string, text: string, error: string]>([
    [
      'an unfilled template',
      'kind: Component\nmetadata:\n  name: {{ name }}\n',
      'catalog.yaml:3 -: Not valid YAML: A mapping or list stands where a key is expected; is this a template that was not filled in?',
    ],
    [
      'a document that is no entity',
      'a: 1\n',
      'catalog.yaml:1 -: Not an entity of a catalog: it lacks kind or metadata (it has a)',
    ],
    ['an entity without a name', 'kind: Group\nmetadata: {}\n', 'catalog.yaml:2 metadata.name: This Group has no name'],
    [
      'a catalog with nothing for an estate',
      entity('System', 'a'),
      'catalog.yaml:1 -: Nothing to import: no User, Group, Component, API or Resource with a name of its own is in these files',
    ],
    ['an empty file', '', 'catalog.yaml:1 -: The file is empty'],
  ])('refuses %s', (_what, text, error) => {
    expect(errorLines(parse(text))[0]).toBe(error)
  })
})
