import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { type DecisionPointServer, startDecisionPoint } from '@/scripts/decision-points/server'
import { asFile } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

const policyOf = (slug: string) => readFileSync(path.join('scripts', 'decision-points', `${slug}.cedar`), 'utf8')
const closedClaim = { type: 'claim', id: 'KB-1', properties: { region: 'north', status: 'closed' } }
const vectorNames = { read: 'A closed claim is read', annotate: 'A closed claim is not annotated' }

/** A tool of this test's own behind a gateway, with a contract in force whose vectors the decision points know. */
async function ownTool(api: Api, unique: string) {
  const [tool, gateway, core, agent] = [`tool-${unique}`, `edge-${unique}`, `core-${unique}`, `bot-${unique}`]
  const subject = { type: 'agent', id: agent, properties: { region: 'north' } }
  const estate = {
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    agents: [{ slug: agent, name: `Bot ${unique}`, sponsor: 'farid.rahmani', lifecycle: 'active' }],
    enforcementPoints: [
      { slug: gateway, name: `Edge ${unique}`, kind: 'gateway', team: 'edge-and-integration' },
      { slug: core, name: `Core ${unique}`, kind: 'application', team: 'claims-systems' },
    ],
    tools: [{ slug: tool, name: `Tool ${unique}`, application: core }],
    bindings: [{ agent, tool, state: 'active', path: [gateway, core].map((point) => ({ point, mode: 'enforces' })) }],
    contracts: [
      {
        ...{ tool, version: 1, state: 'in_force', author: 'claims-systems' },
        signedOffBy: { person: 'marcus.webb', team: 'security-operations', at: '2026-01-05' },
        limits: {
          actions: ['read', 'annotate'],
          vectors: [
            { name: vectorNames.read, subject, action: { name: 'read' }, resource: closedClaim, decision: true },
            {
              name: vectorNames.annotate,
              subject,
              action: { name: 'annotate' },
              resource: closedClaim,
              decision: false,
            },
          ],
        },
      },
    ],
  }
  await api('imports.apply', { kind: 'estate', files: [asFile(`${tool}.json`, JSON.stringify(estate))] })
  return { tool, gateway, core, subject }
}

async function pointAt(api: Api, slug: string, address: string): Promise<void> {
  const { version } = await api('points.get', { slug })
  await api('points.update', { slug, version, decisionEndpoint: address })
}

const answers = (page: Page) => page.getByRole('region', { name: 'Answers' })

/** Asks the points and waits for what they answered. */
async function ask(page: Page, verdict: string): Promise<void> {
  await page.getByRole('button', { name: 'Ask the points' }).click()
  await expect(answers(page).getByText(verdict)).toBeVisible({ timeout: 30_000 })
}

const servers: DecisionPointServer[] = []
test.afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

async function standUp(policies: () => string): Promise<string> {
  const server = await startDecisionPoint({ policies })
  servers.push(server)
  return server.address
}

test('two points agree, one drifts and the gap names the vector, its policy is mended and the gap resolves', async ({
  page,
  api,
  unique,
}) => {
  const { tool, gateway, core } = await ownTool(api, unique)
  const policies = { core: policyOf('edge-gateway') }
  await visit(page, urls.parity(tool))
  await expect(page.getByText('The points have not been asked yet.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ask the points' })).toHaveAttribute('aria-disabled', 'true')
  await pointAt(api, gateway, await standUp(() => policyOf('edge-gateway')))
  await pointAt(api, core, await standUp(() => policies.core))
  const gaps = urls.gaps({ rule: 'parity-broken', tool })

  await visit(page, urls.parity(tool))
  await ask(page, 'All 2 points agree')
  await visit(page, gaps)
  await expect(page.getByText('No gap fits these filters.')).toBeVisible()

  policies.core = policyOf('claims-core')
  await visit(page, urls.parity(tool))
  await ask(page, '1 answer of 4 disagrees')
  const row = answers(page).getByRole('row').filter({ hasText: vectorNames.annotate })
  await expect(row.getByText('Allow, disagrees')).toBeVisible()
  await row.getByText(vectorNames.annotate).click()
  await expect(row.getByText('"status": "closed"')).toBeVisible()
  const [gap] = (await api('gaps.list', { rule: 'parity-broken', tool })).rows
  await visit(page, urls.gap(gap?.id ?? ''))
  await expect(page.getByText(vectorNames.annotate).first()).toBeVisible()

  policies.core = policyOf('edge-gateway')
  await visit(page, urls.parity(tool))
  await ask(page, 'All 2 points agree')
  expect((await api('gaps.get', { id: gap?.id ?? '' })).state).toBe('resolved')
  await expect(page.getByRole('table', { name: 'Runs' }).getByText('1 answer of 4 disagrees')).toBeVisible()
})

test('a point where nothing may be sent is refused in plain words, when it is checked and when it is asked', async ({
  page,
  api,
  unique,
}) => {
  const { tool, core } = await ownTool(api, unique)
  await visit(page, urls.enforcementPoint(core))
  await expect(page.getByText('It has no AuthZEN address')).toBeVisible()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'AuthZEN address' }).fill('http://169.254.169.254')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Check the connection' }).click()
  await expect(page.getByText('169.254.169.254 is not a public address')).toBeVisible()

  await visit(page, urls.parity(tool))
  await ask(page, '2 answers missing')
  await expect(answers(page).getByText('169.254.169.254 is not a public address').first()).toBeVisible()
})

test('a credential lets Pentarch in, and is never shown again', async ({ page, api, noise, unique }) => {
  noise.expect(/status of 400/)
  const { core } = await ownTool(api, unique)
  await pointAt(api, core, await standUp(() => policyOf('edge-gateway')))
  await visit(page, urls.enforcementPoint(core))
  await page.getByRole('button', { name: 'Set a credential' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Token' }).fill('not a token')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('letters, digits')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Token' }).fill(`secret-${unique}`)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('A bearer token is set')).toBeVisible()
  await page.getByRole('button', { name: 'Check the connection' }).click()
  await expect(page.getByText('Questions go in one batch.')).toBeVisible()
  expect(await page.content()).not.toContain(`secret-${unique}`)
})

test('a logged decision that the contract contradicts is shown with what was asked', async ({ page, api, unique }) => {
  const { tool, core, subject } = await ownTool(api, unique)
  const time = new Date(Date.now() - 60_000).toISOString()
  const decision = { point: core, tool, time, subject, resource: closedClaim, decision: true }
  const decisions = [
    { ...decision, action: { name: 'read' } },
    { ...decision, action: { name: 'annotate' } },
  ]
  expect(await api('decisionLogs.record', { decisions })).toEqual({ decisions: 2, agents: 1, contradictions: 1 })
  await visit(page, urls.parity(tool))
  const logs = page.getByRole('region', { name: 'Decision logs' })
  await expect(logs.getByText(`It allowed what the contract denies: "${vectorNames.annotate}".`)).toBeVisible()
  await expect(logs.getByText('2 logged decisions held against it')).toBeVisible()
  await logs.getByText('What was asked').click()
  await expect(logs.getByText('"annotate"', { exact: false }).last()).toBeVisible()
})

test('the sample has an application that drifted from its gateway', async ({ page }) => {
  await visit(page, urls.parity('claims-api'))
  const row = answers(page).getByRole('row').filter({ hasText: vectorNames.annotate })
  await expect(row.getByText('Allow, disagrees')).toBeVisible()
  await expect(row.getByText('Deny')).toHaveCount(2)
})

test('only an admin says which private networks may be reached, and not all of them at once', async ({
  page,
  as,
  noise,
}) => {
  noise.expect(/status of 400/)
  await visit(page, urls.outbound())
  await expect(page.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true')
  const admin = await as('leila')
  await visit(admin, urls.outbound())
  await admin.getByRole('combobox', { name: 'Allowed networks' }).fill('0.0.0.0/0')
  await admin.getByRole('combobox', { name: 'Allowed networks' }).press('Enter')
  await admin.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByText('Wider than /8')).toBeVisible()
})
