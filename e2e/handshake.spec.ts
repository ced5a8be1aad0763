import { urls } from '@/lib/urls'
import { ownBindings } from './support/estate'
import { assignTo, matrixOn } from './support/matrix'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('the lead of the named team accepts, and the cell is confirmed', async ({ page, as, api, unique }) => {
  const {
    agent,
    tools: [tool],
  } = await ownBindings(api, unique)
  await visit(page, urls.matrix({ text: unique }))
  const cell = await matrixOn(page).cell(agent.name, 'enforcement')
  await cell.click()
  await assignTo(page, 'Cloud platform', 'They run the tool')
  await expect(cell).toContainText('unconfirmed')

  const grace = await as('grace')
  await visit(grace, urls.overview())
  const answer = grace.getByRole('group', { name: `Answer for Enforcement of ${tool?.name}` })
  await answer.getByRole('button', { name: 'Accept' }).click()
  await expect(grace.getByText(`Cloud platform owns Enforcement of ${tool?.name} from now on.`)).toBeVisible()
  await expect(answer).toBeHidden()

  await page.reload()
  const confirmed = await matrixOn(page).cell(agent.name, 'enforcement')
  await expect(confirmed).toContainText('Cloud platform, inherited from the tool')
  await expect(confirmed).not.toContainText('unconfirmed')
})

test('the lead declines with a reason, and the gap comes back', async ({ page, as, api, unique }) => {
  const {
    agent,
    tools: [tool],
  } = await ownBindings(api, unique)
  const subject = tool?.slug ?? ''
  await api('assignments.create', {
    targets: [{ layer: 'privilege', scope: 'tool', subject }],
    team: 'privileged-access',
    reason: 'They bound every power',
  })
  await visit(page, `/gaps?tool=${subject}`)
  const gap = page.getByText(`Nobody owns privilege of ${tool?.name}`)
  await expect(page.getByText(`Nobody owns enforcement of ${tool?.name}`)).toBeVisible()
  await expect(gap).toBeHidden()

  const hana = await as('hana')
  await visit(hana, urls.overview())
  const answer = hana.getByRole('group', { name: `Answer for Privilege of ${tool?.name}` })
  await answer.getByRole('button', { name: 'Decline' }).click()
  const dialog = hana.getByRole('dialog', { name: `Decline Privilege of ${tool?.name}` })
  await dialog.getByRole('button', { name: 'Decline' }).click()
  await expect(dialog, 'a reason is asked for').toBeVisible()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('It has no secrets of ours')
  await dialog.getByRole('button', { name: 'Decline' }).click()
  await expect(answer).toBeHidden()

  await page.reload()
  await expect(gap).toBeVisible()
  await visit(page, urls.matrix({ text: unique }))
  await expect(await matrixOn(page).cell(agent.name, 'privilege')).toContainText('Unowned')
})

test('nobody but the lead of that very team is asked, or may answer', async ({ as, api, unique, noise, baseURL }) => {
  noise.expect(/status of 403/)
  const {
    tools: [tool],
  } = await ownBindings(api, unique)
  const { assignments } = await api('assignments.create', {
    targets: [{ layer: 'privilege', scope: 'tool', subject: tool?.slug ?? '' }],
    team: 'privileged-access',
    reason: 'They bound every power',
  })
  for (const who of ['grace', 'farid', 'leila', 'emily'] as const) {
    const page = await as(who)
    await visit(page, urls.overview())
    await expect(page.getByRole('group', { name: `Answer for Privilege of ${tool?.name}` })).toBeHidden()
    for (const answer of ['accept', 'decline']) {
      const path = `/api/v1/assignments/${assignments[0]?.id}/${answer}`
      const response = await page.request.post(path, {
        data: { reason: 'Because' },
        headers: { origin: baseURL ?? '' },
      })
      expect(response.status(), `${who} may not ${answer}`).toBe(403)
    }
  }
})
