import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseFilter } from './filter'
import { matches } from './matches'
import { isObject, type JsonObject, userType } from './schema'
import { enterprise } from './testing/samples'
import { type ScimServer, scimServer } from './testing/server'

let server: ScimServer
let users: JsonObject[]

const resourcesOf = ({ Resources }: JsonObject) => (Array.isArray(Resources) ? Resources.filter(isObject) : [])
const find = async (filter: string) => resourcesOf((await server.ask(`/Users?${new URLSearchParams({ filter })}`)).body)
const namesOf = (resources: readonly JsonObject[]) => resources.map(({ userName }) => userName).sort()

beforeAll(async () => {
  server = await scimServer()
  await server.makeUser('ana@example.org', { title: 'Guide', emails: [{ value: 'ana@example.org', type: 'work' }] })
  await server.makeUser('Ben', {
    externalId: 'b',
    active: false,
    emails: [{ value: 'ben@home.example', type: 'home' }],
  })
  await server.makeUser('chi%_', { name: { givenName: 'Chi' }, [enterprise]: { department: 'Guides' } })
  await server.makeUser('dee', {
    title: 'guide',
    externalId: 'B',
    emails: [
      { value: 'x', type: 'work' },
      { value: 'ben@home.example', type: 'home' },
    ],
  })
  const [ana, dee] = await find('userName eq "ana@example.org" or userName eq "dee"')
  await server.makeGroup('Guides', [String(ana?.id), String(dee?.id)])
  users = await find('userName pr')
})
afterAll(() => server.end())

describe('a filter in the database', () => {
  it.each<[string, string[]]>([
    ['userName eq "ANA@example.org"', ['ana@example.org']],
    ['userName co "%_"', ['chi%_']],
    ['externalId eq "b"', ['Ben']],
    ['active eq false', ['Ben']],
    ['title eq "GUIDE"', ['ana@example.org', 'dee']],
    ['emails[type eq "work" and value co "home"]', []],
    ['emails.type eq "work" and emails co "home"', ['dee']],
    [`${enterprise}:department sw "guid"`, ['chi%_']],
    ['groups.display eq "guides"', ['ana@example.org', 'dee']],
    ['not (groups pr)', ['Ben', 'chi%_']],
    ['name.givenName ne "chi"', ['Ben', 'ana@example.org', 'dee']],
    ['meta.created lt "2020-01-01T00:00:00Z"', []],
    [
      'meta.lastModified gt "2020-01-01T00:00:00Z" and meta.resourceType eq "User"',
      ['Ben', 'ana@example.org', 'chi%_', 'dee'],
    ],
  ])('%s finds %j', async (filter, names) => {
    expect(namesOf(await find(filter))).toEqual(names)
  })

  it('finds groups by name and member, as Microsoft Entra asks', async () => {
    const [dee] = await find('userName eq "dee"')
    const [group] = resourcesOf((await server.ask('/Groups')).body)
    const ask = async (filter: string) =>
      (await server.ask(`/Groups?excludedAttributes=members&${new URLSearchParams({ filter })}`)).body
    expect(await ask(`id eq "${group?.id}" and members eq "${dee?.id}"`)).toMatchObject({ totalResults: 1 })
    expect(await ask(`members[value eq "${group?.id}"]`)).toMatchObject({ totalResults: 0 })
    expect(resourcesOf(await ask('displayName eq "GUIDES"'))[0]).not.toHaveProperty('members')
  })

  it('sorts by any attribute, those without it last', async () => {
    const sorted = async (by: string) =>
      resourcesOf((await server.ask(`/Users?sortBy=${by}`)).body).map(({ userName }) => userName)
    expect(await sorted('userName')).toEqual(['ana@example.org', 'Ben', 'chi%_', 'dee'])
    expect((await sorted('emails')).slice(0, 2)).toEqual(['ana@example.org', 'Ben'])
    expect((await sorted('externalId')).slice(0, 2)).toEqual(['B', 'b'].map((key) => (key === 'B' ? 'dee' : 'Ben')))
    expect(await sorted('meta.created')).toEqual(['ana@example.org', 'Ben', 'chi%_', 'dee'])
  })

  it('means the same as in memory', async () => {
    const name = fc.constantFrom(
      'userName',
      'title',
      'externalId',
      'emails',
      'emails.type',
      'name.givenName',
      `${enterprise}:department`,
      'groups.display',
    )
    const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le')
    const text = fc.constantFrom('ana@example.org', 'guide', 'Guides', 'b', 'B', 'ben@home.example', 'work', 'e', '')
    const leaf = fc.oneof(
      fc.tuple(name, operator, text).map(([left, sign, right]) => `${left} ${sign} "${right}"`),
      name.map((left) => `${left} pr`),
      fc.constantFrom(
        'active eq true',
        'active ne true',
        'emails[type eq "work" and value co "e"]',
        'emails[not (type eq "home")]',
      ),
    )
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc
          .tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree'))
          .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
        tie('tree').map((inner) => `not (${inner})`),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(tree, async (filter) => {
        const condition = parseFilter(userType, filter)
        expect(namesOf(await find(filter))).toEqual(namesOf(users.filter((user) => matches(condition, user))))
      }),
      { numRuns: 200 },
    )
  })
})
