import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestsOf } from './testing/postman'
import { filled, meets, type Step, stepsOf, valueIn } from './testing/runscope'
import { type ScimServer, scimServer } from './testing/server'

let server: ScimServer
beforeAll(async () => {
  server = await scimServer()
})
afterAll(() => server.end())

describe('the test that Okta runs before it takes a server', () => {
  const variables: Record<string, string> = {
    SCIMBaseURL: '',
    InvalidUserEmail: 'abcdefgh@atko.com',
    UserIdThatDoesNotExist: '010101001010101011001010101011',
    randomUsername: 'Runscope300Abcdef123@atko.com',
    randomUsernameCaps: 'RUNSCOPE300ABCDEF123@ATKO.COM',
    randomEmail: 'runscope300abcdef123@atko.example',
    randomGivenName: 'Runscope300Abcdef',
    randomFamilyName: 'RunscopeGhijkl',
  }

  /** What this edition of the test expects and this server does not do, with the reason. */
  const deviations: Record<string, readonly string[]> = {
    // userName is not case-exact (RFC 7643, section 4.1.1), so that this finds the user instead of being an error.
    'Required Test: Username Case Sensitivity Check': ['response_status'],
    // Asks that the address be the user name, after having made a user where it is another.
    'Required Test: Test Users endpoint': ['Resources[0].emails[0].value'],
  }

  async function take({ note, method, url, body, assertions, variables: kept }: Step) {
    // The one filter without quotes is no filter by RFC 7644, section 3.4.2.2.
    const path = filled(url, variables).replace(/eq (?!")(\S+)$/, 'eq "$1"')
    const answer = await server.ask(path.replaceAll(' ', '%20'), {
      method,
      ...(body !== undefined && { body: filled(body, variables) }),
    })
    for (const { name, property } of kept) variables[name] = String(valueIn(answer.body, property))
    const expected = assertions.filter(({ source, property }) => !deviations[note]?.includes(property ?? source))
    return expected
      .map(({ value, ...rest }) => ({ ...rest, value: value && filled(value, variables) }))
      .filter((assertion) => !meets(assertion, answer.status, answer.body))
  }

  it.each(stepsOf('okta-spec-test'))('$method $url: $note', async (step) => {
    expect(await take(step)).toEqual([])
  })

  it('finds the user whatever the capitals', async () => {
    const { body } = await server.ask(`/Users?filter=userName eq "${variables.randomUsernameCaps}"`)
    expect(body).toMatchObject({ totalResults: 1 })
  })
})

describe('what Microsoft Entra sends', () => {
  const variables: Record<string, string> = {
    lastWatermark: '2026-01-01T00:00:00.000Z',
    currentTime: '2030-01-01T00:00:00Z',
  }
  let sent = 0

  it.each(requestsOf('entra-inbound.postman_collection'))(
    '$name: $method $path',
    async ({ method, path, body, status, keeps }) => {
      sent++
      Object.assign(variables, {
        ...{
          userName: `user${sent}`,
          givenName: 'Given',
          familyName: `Family ${sent}`,
          displayName: `Given Family ${sent}`,
        },
        ...{ $guid: crypto.randomUUID(), $randomCountryCode: 'GB', $randomJobTitle: 'Guide', $randomJobArea: 'Tours' },
        ...{
          $isoTimestamp: new Date(2026, 0, 1).toISOString(),
          $randomPhoneNumber: '555',
          $randomInt: String(sent),
          $randomLastName: 'New',
        },
        // The later requests were recorded in an environment of their own.
        id1: variables.lastUserId ?? '',
      })
      const answer = await server.ask(filled(path, variables).replaceAll(' ', '%20'), {
        method,
        ...(body !== undefined && { body: filled(body, variables) }),
      })
      for (const name of keeps) variables[name] = String(answer.body.id)
      if (status === undefined && path.endsWith('{{lastUserId}}') && method === 'GET') {
        // Its last user was removed by the request before.
        expect(answer.status).toBe(404)
      } else if (status === undefined) expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      else expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    },
  )

  it('has brought people with their managers, of whom one has left', async () => {
    const people = await server.database.prisma.person.findMany({
      where: { externalId: { startsWith: 'user' } },
      include: { manager: true },
      orderBy: { externalId: 'asc' },
    })
    // Of the four, the third came deactivated and was removed; the last came deactivated and was activated.
    expect(people.map(({ externalId, status, manager }) => [externalId, status, manager?.externalId ?? null])).toEqual([
      ['user2', 'active', null],
      ['user3', 'active', 'user2'],
      ['user4', 'left', 'user2'],
      ['user5', 'active', null],
    ])
  })
})
