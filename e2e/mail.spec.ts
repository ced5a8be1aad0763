import { urls } from '@/lib/urls'
import { linkIn, nextMailTo, noonTimeZone } from './support/mail'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('who is asked gets one mail whose link leads to the item, and leads see that it went', async ({
  api,
  page,
  noise,
  unique,
}) => {
  // What the test itself asks inside the sandboxed frame.
  noise.expect(/Blocked script execution in 'about:srcdoc'/)
  const email = `reader-${unique}@example.org`
  // Where it is noon, mail goes out whenever this runs.
  const timeZone = noonTimeZone(new Date())
  const reader = await api('people.create', { name: `Reader ${unique}`, email, timeZone })
  const name = `Payments ${unique}`
  const { slug } = await api('campaigns.create', {
    name,
    definition: {
      kind: 'access',
      scope: { tool: 'payments-api' },
      stages: [{ name: 'Reader', reviewers: { by: 'person', person: reader.externalId }, duration: 'P14D' }],
    },
  })
  await api('campaigns.start', { slug })
  await expect.poll(async () => (await api('campaigns.get', { slug })).state, { timeout: 30_000 }).toBe('running')
  await api('campaigns.remind', { slug })

  const mail = await nextMailTo(email)
  expect(mail.header.subject).toMatch(/reviews? for you, due in 14 days/)
  expect(mail.text).toContain(name)
  await visit(page, urls.mails())
  const row = page.getByRole('row', { name: `Reader ${unique}` })
  await expect(row).toContainText('Sent')
  await visit(page, urls.mails({ state: 'queued,failed' }))
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Remove filter State' }).click()
  await row.getByRole('link').click()
  await expect(page.getByRole('heading', { name: mail.header.subject, level: 1 })).toBeVisible()
  await expect(page.frameLocator('iframe[title="The mail"]').getByRole('heading', { name })).toBeVisible()
  await page.goto(linkIn(mail, /payments-api/))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/payments/i)
})

test('due dates are read by a calendar under an address of one’s own, until it is taken back', async ({ as }) => {
  const page = await as('emily')
  await visit(page, urls.notifications())
  await page.getByRole('button', { name: 'Make an address' }).click()
  const address = await page.getByRole('textbox', { name: 'Address of your calendar' }).inputValue()
  // The calendar program has no session.
  const { pathname } = new URL(address)
  const found = await page.request.get(pathname)
  expect(found.headers()['content-type']).toContain('text/calendar')
  expect(found.headers()['cache-control']).toBe('private, no-store')
  expect(await found.text()).toContain('BEGIN:VCALENDAR')
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByRole('button', { name: 'Make an address' })).toBeVisible()
  expect((await page.request.get(pathname)).status()).toBe(404)
})
