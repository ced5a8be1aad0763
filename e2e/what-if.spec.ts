import { readFile } from 'node:fs/promises'
import { urls } from '@/lib/urls'
import { asFile, ownBindings } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('a team is looked at before it is dissolved, handed over as a plan, and dissolved with what was seen', async ({
  page,
  api,
  unique,
}) => {
  const {
    tools: [tool],
  } = await ownBindings(api, unique)
  const team = { slug: `team-${unique}`, name: `Team ${unique}`, members: [{ person: 'grace.mutua' }] }
  const estate = { apiVersion: 'pentarch/v1', kind: 'Estate', teams: [team] }
  await api('imports.apply', { kind: 'estate', files: [asFile(`team-${unique}.json`, JSON.stringify(estate))] })
  await api('assignments.create', {
    targets: [{ layer: 'privilege', scope: 'tool', subject: String(tool?.slug) }],
    team: team.slug,
    reason: 'They set it up',
  })

  await visit(page, urls.team(team.slug))
  await page.getByRole('link', { name: 'What if dissolved' }).click()
  await expect(page.getByRole('heading', { name: `Dissolve ${team.name}`, level: 1 })).toBeVisible()
  const opening = page.getByRole('region', { name: /^Gaps that open/ })
  await expect(opening).toContainText(`privilege:tool:${tool?.slug}`)
  await expect(page.getByRole('region', { name: /^Owners that change/ })).toContainText('orphaned')

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download as plan' }).click()
  const plan = await readFile(await (await saved).path(), 'utf8')
  expect(plan).toContain(`slug: ${team.slug}`)
  expect(plan).toContain('status: dissolved')

  await page.getByRole('button', { name: 'Do it' }).click()
  const dialog = page.getByRole('dialog', { name: `Dissolve ${team.name}` })
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Reorganisation')
  await dialog.getByRole('button', { name: 'Do it' }).click()
  await expect(page.getByRole('heading', { name: team.name, exact: true, level: 1 })).toBeVisible()
  expect((await api('teams.get', { slug: team.slug })).status).toBe('dissolved')
  const { rows } = await api('gaps.list', { rule: 'owner-orphaned', team: team.slug })
  expect(rows.map(({ subject }) => subject.slug)).toContain(`privilege:tool:${tool?.slug}`)
})

test('what changes nothing says so, and what is not possible says why', async ({ page, api, unique }) => {
  const team = { slug: `idle-${unique}`, name: `Idle ${unique}` }
  const estate = { apiVersion: 'pentarch/v1', kind: 'Estate', teams: [team] }
  await api('imports.apply', { kind: 'estate', files: [asFile(`idle-${unique}.json`, JSON.stringify(estate))] })
  await visit(page, urls.whatIf({ dissolveTeam: team.slug }))
  await expect(page.getByText('Nothing would change: no owner, no gap, no contract.')).toBeVisible()
  const { version } = await api('teams.get', { slug: team.slug })
  await api('teams.update', { slug: team.slug, version, status: 'dissolved', reason: 'Reorganisation' })
  await visit(page, urls.whatIf({ dissolveTeam: team.slug }))
  await expect(page.getByText(`${team.name} is dissolved already.`)).toBeVisible()
})

test('the registry is exported as an estate file that imports back to no change', async ({ page, api }) => {
  await visit(page, urls.imports())
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as estate file' }).click()
  const text = await readFile(await (await saved).path(), 'utf8')
  const report = await api('imports.preview', { kind: 'estate', files: [asFile('estate.yaml', text)] })
  expect(report.errors).toEqual([])
  expect(report.changes).toEqual([])
})
