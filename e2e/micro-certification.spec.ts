import { campaignJobs } from '@/lib/recertification/jobs'
import { urls } from '@/lib/urls'
import { wakeJobs } from './support/clock'
import { asFile } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

const minute = { timeout: 75_000 }

test('an owner leaves, and within a minute those who answer for the access are asked again, and read why', async ({
  page,
  api,
  unique,
}) => {
  test.setTimeout(240_000)
  const leaver = { id: `sponsor-${unique}`, name: `Sponsor ${unique}` }
  const agent = { slug: `clerk-${unique}`, name: `Clerk ${unique}`, sponsor: leaver.id, lifecycle: 'active' }
  const tool = { slug: `files-${unique}`, name: `Files ${unique}` }
  const binding = {
    agent: agent.slug,
    tool: tool.slug,
    state: 'active',
    risk: 'medium',
    intent: { text: 'File what was answered', approvedBy: 'farid.rahmani', approvedAt: '2026-01-05' },
  }
  const estate = { apiVersion: 'pentarch/v1', kind: 'Estate', people: [leaver], agents: [agent], tools: [tool] }
  const load = (more: object) =>
    api('imports.apply', {
      kind: 'estate',
      files: [asFile(`clerk-${unique}.json`, JSON.stringify({ ...estate, bindings: [{ ...binding, ...more }] }))],
    })
  await load({})
  // Certified now that it is active: what was certified before it began is no certification of it.
  await load({ certifiedAt: new Date().toISOString() })

  await visit(page, urls.person(leaver.id))
  await page.getByRole('button', { name: 'Mark as left' }).click()
  const dialog = page.getByRole('dialog', { name: `${leaver.name} has left` })
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('New job elsewhere')
  await dialog.getByRole('button', { name: 'Mark as left' }).click()
  await expect(dialog).toBeHidden()

  // Each job wakes the next; a turn that came too early is made up for by the next.
  const micro = async () => {
    await wakeJobs([campaignJobs.schedule, campaignJobs.launch])
    const { rows } = await api('campaigns.list', { limit: 100 })
    return rows.find(({ state, because }) => state === 'running' && because?.includes(`${leaver.name} left`))
  }
  await expect.poll(async () => (await micro())?.because, minute).toContain(`${leaver.name} left`)
  const campaign = await micro()
  expect(campaign?.progress.items).toBe(1)

  await visit(page, urls.reviews())
  await expect(page.getByText(tool.name).first()).toBeVisible()
  await visit(page, urls.campaign(String(campaign?.slug)))
  await expect(page.getByText(`${leaver.name} left`).first()).toBeVisible()
})
