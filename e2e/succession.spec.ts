import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { asFile, ownBindings } from './support/estate'
import { choose } from './support/forms'
import { expect, test } from './support/test'
import { settled, visit } from './support/visit'

/** Somebody of this test's own who answers for privilege of a tool, with Hana Kim as deputy, and sponsors the agent. */
async function ownLeaver(api: Api, unique: string) {
  const {
    agent,
    tools: [tool],
  } = await ownBindings(api, unique)
  const leaver = { id: `leaver-${unique}`, name: `Leaver ${unique}`, manager: 'grace.mutua' }
  const estate = {
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    people: [leaver],
    agents: [{ ...agent, sponsor: leaver.id, lifecycle: 'active' }],
  }
  await api('imports.apply', { kind: 'estate', files: [asFile(`leaver-${unique}.json`, JSON.stringify(estate))] })
  const { assignments } = await api('assignments.create', {
    targets: [{ layer: 'privilege', scope: 'tool', subject: String(tool?.slug) }],
    team: 'privileged-access',
    person: leaver.id,
    deputies: ['hana.kim'],
    reason: 'They set it up',
  })
  return {
    agent,
    tool: { slug: String(tool?.slug), name: String(tool?.name) },
    leaver,
    assignment: String(assignments[0]?.id),
  }
}

async function leave(api: Api, person: string): Promise<void> {
  const { version } = await api('people.get', { person })
  await api('people.update', { person, version, status: 'left', reason: 'New job elsewhere' })
}

test('somebody leaves: the deputy is asked, accepts, and the owner moves with its story', async ({
  page,
  as,
  api,
  unique,
}) => {
  const { agent, tool, leaver } = await ownLeaver(api, unique)
  await visit(page, urls.person(leaver.id))
  await page.getByRole('button', { name: 'Mark as left' }).click()
  const dialog = page.getByRole('dialog', { name: `${leaver.name} has left` })
  const successors = dialog.getByRole('region', { name: 'Who would be asked' })
  await expect(successors).toContainText(`Privilege of ${tool.name}: Hana Kim, as deputy`)
  await expect(successors).toContainText(`Sponsor of ${agent.name}: Grace Mutua, as manager`)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('New job elsewhere')
  await dialog.getByRole('button', { name: 'Mark as left' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('link', { name: 'Open the succession' }).click()
  await expect(page.getByRole('heading', { name: `Succession of ${leaver.name}` })).toBeVisible()

  const deputy = await as('hana')
  await visit(deputy, urls.overview())
  await deputy.getByRole('link', { name: 'Asked to take over from somebody who left' }).click()
  const owning = deputy.getByRole('group', { name: `Answer for Privilege of ${tool.name}` })
  await expect(owning).toBeVisible()
  // A link in a panel that came after the page may be followed before React has taken it over: by loading the page anew.
  await settled(deputy)
  await owning.getByRole('button', { name: 'Accept' }).click()
  await deputy.getByRole('dialog', { name: 'Take over' }).getByRole('button', { name: 'Accept' }).click()
  await expect(owning).toBeHidden()

  await page.reload()
  await expect(page.getByRole('region', { name: 'Answered' })).toContainText('accepted by Hana Kim')
  await visit(page, urls.tool(tool.slug))
  await expect(page.getByText(`Succession of ${leaver.name}`).first()).toBeVisible()
})

test('the manager of somebody who left asks another, who declines, and the next in line is asked', async ({
  as,
  api,
  unique,
}) => {
  const { agent, leaver } = await ownLeaver(api, unique)
  await leave(api, leaver.id)
  const manager = await as('grace')
  await visit(manager, urls.succession(leaver.id))
  const sponsoring = manager.getByRole('group', { name: `Answer for Sponsor of ${agent.name}` })
  await sponsoring.getByRole('button', { name: 'Ask another' }).click()
  await choose(manager, 'Person', 'Emily Hart')
  await manager.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('She runs it day by day')
  await manager.getByRole('button', { name: 'Ask them' }).click()
  await expect(manager.getByRole('link', { name: 'Emily Hart' })).toBeVisible()

  const emily = await as('emily')
  await visit(emily, urls.succession(leaver.id))
  await emily.getByRole('button', { name: 'Decline' }).click()
  const declining = emily.getByRole('dialog', { name: 'Decline' })
  await declining.getByRole('textbox', { name: 'Reason' }).fill('I have too much already')
  await declining.getByRole('button', { name: 'Decline' }).click()
  await expect(emily.getByText('declined by Emily Hart')).toBeVisible()
  await expect(emily.getByText('Grace Mutua is asked')).toBeVisible()
})

test.describe('a member', () => {
  test.use({ who: 'emily' })

  test('who is not asked reads why they can neither accept nor ask somebody else', async ({ page, api, unique }) => {
    const { leaver, tool } = await ownLeaver(api, unique)
    await leave(api, leaver.id)
    await visit(page, urls.succession(leaver.id))
    const owning = page.getByRole('group', { name: `Answer for Privilege of ${tool.name}` })
    await expect(owning.getByRole('button', { name: 'Accept' })).toBeHidden()
    await expect(owning.getByRole('button', { name: 'Ask another' })).toBeDisabled()
    await expect(owning).toContainText('Only a governance lead, Grace Mutua or a lead of Privileged access')
  })
})
