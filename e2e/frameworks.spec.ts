import { urls } from '@/lib/urls'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.describe('an auditor', () => {
  test.use({ who: 'mei' })

  test('follows a framework down to the gaps behind one of its controls', async ({ page }) => {
    await visit(page, urls.frameworks())
    const verdicts = page.getByRole('list', { name: 'NIST Cybersecurity Framework: controls by verdict' })
    await verdicts.getByRole('link', { name: /with open gaps$/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('NIST Cybersecurity Framework')
    await expect(page.getByText('Not looked at', { exact: true })).toHaveCount(0)

    const rules = page.getByRole('list', { name: 'Rules that evidence GV.RR-02' })
    const unowned = rules.getByRole('listitem').filter({ hasText: 'A control layer has no owner' })
    await unowned.getByRole('link', { name: /open/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gaps')
    await expect(page.getByRole('table')).toContainText('A control layer has no owner')
  })

  test('is told when no control fits, and gets back', async ({ page }) => {
    await visit(page, urls.framework('nist-csf', { text: 'no such control' }))
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await expect(page.getByText('GV.RR-02', { exact: true })).toBeVisible()
  })
})
