import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { PreviewPanel } from './preview-panel'
import type { Preview } from './use-preview'

const preview: Preview = {
  items: 2,
  certifiedBefore: 0,
  byRisk: [{ risk: 'high', items: 2 }],
  byLayer: [],
  reviewers: { total: 0, rows: [] },
  nobody: { items: 2, rows: ['clerk/ledger@production', 'payer/ledger@production'] },
  byFallback: 0,
  selfReview: 0,
}

it('says that nobody is found instead of listing nobody', () => {
  const html = renderToStaticMarkup(
    <MantineProvider>
      <PreviewPanel kind="access" preview={preview} problem={null} pending={false} valid />
    </MantineProvider>,
  )
  expect(html).not.toContain('<ul')
  expect(html).toContain('finds nobody at all')
})
