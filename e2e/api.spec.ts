import { problemSchema } from '@/lib/http/problem'
import { urls } from '@/lib/urls'
import { commandLineToken } from './support/accounts'
import { pentarch } from './support/cli'
import { expect, test } from './support/test'

test.describe('without signing in', () => {
  test.use({ who: null })

  test('the API describes itself', async ({ request }) => {
    const answer = await request.get('/api/v1/openapi.json')
    expect(answer.status()).toBe(200)
    expect(await answer.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) })
  })

  test('the reference is there to read, and asks nobody else', async ({ page }) => {
    await page.goto(urls.apiDocs())
    await expect(page).toHaveTitle('API reference · Pentarch')
    await page
      .getByRole('heading', { name: /^assignments / })
      .getByRole('link')
      .click()
    await expect(page.getByText('Set the owner of one or more layers').first()).toBeVisible()
  })

  test('probes are answered', async ({ request }) => {
    for (const probe of ['/healthz', '/readyz']) expect((await request.get(probe)).status(), probe).toBe(200)
  })
})

test('a repeated write with the same key acts once, and the key serves nothing else', async ({ api, unique }) => {
  const idempotencyKey = `create-${unique}`
  const person = { externalId: `once-${unique}`, name: 'Once Only' }
  const first = await api('people.create', person, { idempotencyKey })
  expect(await api('people.create', person, { idempotencyKey })).toEqual(first)
  await expect(api('people.create', { ...person, name: 'Another' }, { idempotencyKey })).rejects.toMatchObject({
    problem: { code: 'idempotency_mismatch', status: 422 },
  })
  await expect(api('people.create', person)).rejects.toMatchObject({ problem: { code: 'conflict' } })
})

test('a cursor that was forged, or belongs to another list, is refused', async ({ api }) => {
  const { next } = await api('agents.list', { limit: 1 })
  expect(next).not.toBeNull()
  for (const cursor of ['forged', `${next}x`, Buffer.from('{"id":1}').toString('base64url')]) {
    await expect(api('agents.list', { limit: 1, cursor })).rejects.toMatchObject({
      problem: { code: 'invalid_cursor', status: 400 },
    })
  }
  await expect(api('tools.list', { limit: 1, cursor: next ?? '' })).rejects.toMatchObject({
    problem: { code: 'invalid_cursor' },
  })
})

test('whatever is asked wrongly is answered with a problem document', async ({ request }) => {
  const headers = { authorization: `Bearer ${commandLineToken()}` }
  const asked = [
    [await request.get('/api/v1/nothing', { headers }), 404],
    [await request.get('/api/v1/agents/no-such-agent', { headers }), 404],
    [await request.get('/api/v1/agents?lifecycle=asleep', { headers }), 400],
    [await request.get('/api/v1/agents?limit=100000', { headers }), 400],
    [await request.post('/api/v1/agents', { headers, data: '{' }), 400],
    [await request.post('/api/v1/agents', { headers, data: { name: 'A\u0000B' } }), 400],
    [await request.post('/api/v1/agents', { headers, data: { name: 'x', colour: 'red' } }), 400],
    [await request.post('/api/v1/agents', { headers, data: { name: 'x'.repeat(10_000) } }), 400],
    [await request.post('/api/v1/agents', { headers, data: { name: 'x'.repeat(10_000_000) } }), 413],
    [await request.post('/api/v1/agents', { headers, data: { name: 'x', slug: 'claims-payer' } }), 409],
  ] as const
  for (const [answer, status] of asked) {
    expect(answer.headers()['content-type'], answer.url()).toBe('application/problem+json')
    const problem = problemSchema.parse(await answer.json())
    expect({ url: answer.url(), status: answer.status() }).toEqual({ url: answer.url(), status })
    expect(problem).toMatchObject({ status, fix: expect.stringMatching(/./), requestId: expect.stringMatching(/./) })
    expect(answer.headers()['x-request-id']).toBe(problem.requestId)
  }
})

test('the command line lists, asks and assigns with the token that the set-up left', async ({ api, unique }) => {
  const name = `Bot ${unique}`
  const { slug } = await api('agents.create', { name, slug: `cli-${unique}` })
  const listed = await pentarch(['list', 'agents', '--filter', `q=${unique}`, '--format', 'json'])
  expect(listed).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(listed.stdout)).toEqual([expect.objectContaining({ slug, name })])
  const args = ['--layer', 'monitoring', '--agent', slug, '--team', 'security-operations', '--reason', 'They watch']
  expect(await pentarch(['assign', ...args])).toMatchObject({
    code: 0,
    stdout: `monitoring:agent:${slug} → security-operations (proposed)\n`,
  })
  const owners = await pentarch(['owners', '--agent', 'claims-payer', '--tool', 'payments-api', '--format', 'json'])
  expect(JSON.parse(owners.stdout).layers.identity).toMatchObject({ team: 'identity-platform', source: 'organisation' })
  const gaps = await pentarch(['gaps', '--rule', 'shadow-agent', '--format', 'json'])
  expect(JSON.parse(gaps.stdout).length).toBeGreaterThan(0)
  expect(await pentarch(['list', 'agents'], 'ptk_unknown')).toMatchObject({ code: 3, stdout: '' })
})
