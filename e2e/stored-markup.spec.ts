import { unzipSync } from 'fflate'
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { stringify } from 'yaml'
import { urls } from '@/lib/urls'
import { commandLineToken } from './support/accounts'
import { expect, test } from './support/test'
import { settled, visit } from './support/visit'

/** Text that is markup, a formula and a template, for whoever takes it for one. Sorts behind everything. */
const markup = 'Zz "><img src=x onerror="window.stored=1"><script>window.stored=1</script>{{7*7}}'

/** An estate in which everything that is words is that text. */
const estateOf = (slug: string) => ({
  apiVersion: 'pentarch/v1',
  kind: 'Estate',
  people: [{ id: slug, name: markup, email: `${slug}@kestrelbay.example`, status: 'active' }],
  teams: [{ slug, name: markup, function: 'business', members: [{ person: slug, role: 'lead' }] }],
  enforcementPoints: [{ slug, name: markup, kind: 'application', team: slug }],
  agents: [
    {
      ...{
        slug,
        name: markup,
        purpose: markup,
        sponsor: slug,
        lifecycle: 'proposed',
      },
      identity: { primitive: 'api_key', id: markup },
    },
    { slug: `${slug}-2`, name: markup, lifecycle: 'proposed' },
  ],
  tools: [
    {
      ...{ slug, name: markup, description: markup, kind: 'api', application: slug },
      actions: [{ name: markup.slice(0, 90), description: markup }],
    },
  ],
  bindings: [
    {
      ...{ agent: slug, tool: slug, environment: 'production', state: 'requested', risk: 'low', boundary: markup },
      ...{ intent: { text: markup }, actions: [markup.slice(0, 90)], path: [{ point: slug, mode: 'enforces' }] },
    },
  ],
  delegations: [{ from: slug, to: `${slug}-2`, scope: markup }],
  owners: [{ layer: 'identity', scope: 'agent', subject: slug, team: slug, person: slug, reason: markup }],
  contracts: [
    {
      ...{ tool: slug, version: 1, state: 'draft', author: slug },
      limits: { actions: [markup.slice(0, 90)], resources: [markup.slice(0, 90)], approval: markup },
    },
  ],
})

async function textOf(pdf: PDFDocumentProxy): Promise<string> {
  const texts: string[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    texts.push(...items.map((item) => ('str' in item ? item.str : '')))
  }
  // Long words are broken at the end of a line.
  return texts.join('').replace(/[\s-]/g, '')
}

test('text that is markup stays text on every page, and in what is taken along', async ({
  page,
  api,
  unique,
  noise,
  request,
}) => {
  test.slow()
  page.on('dialog', () => {
    throw new Error('A dialog opened')
  })
  const slug = `markup-${unique}`
  const files = [{ name: `${markup}.yaml`, contentBase64: Buffer.from(stringify(estateOf(slug))).toString('base64') }]
  const run = await api('imports.apply', { kind: 'estate', files, reason: markup })
  const [gap] = (await api('gaps.list', { limit: 1 })).rows
  if (gap) await api('gaps.comment', { id: gap.id, text: markup })
  const [campaign] = (await api('campaigns.list', {})).rows
  if (campaign) await api('campaigns.comment', { slug: campaign.slug, text: markup })

  const planted = [
    ...[urls.agent(slug), urls.tool(slug), urls.team(slug), urls.person(slug), urls.enforcementPoint(slug)],
    ...[
      urls.binding(`${slug}/${slug}@production`),
      urls.contract(slug, 1),
      urls.importRun(run.id),
      urls.editContract(slug, 1),
    ],
    ...[
      urls.agents({ text: slug }),
      urls.tools({ text: slug }),
      urls.people({ text: slug }),
      urls.teams({ text: slug }),
    ],
    ...[urls.bindings({ text: slug }), urls.matrix(), urls.delegations({ agent: slug })],
    ...[urls.audit({ about: `agent:${slug}` }), urls.audit({ text: '"><img src=x onerror=alert(1)>' })],
    ...[
      urls.imports(),
      urls.delegations(),
      urls.overview(),
      urls.mend(),
      urls.compare(),
      urls.delegations({ view: 'list' }),
    ],
    ...(gap ? [urls.gap(gap.id)] : []),
    ...(campaign ? [urls.campaign(campaign.slug)] : []),
  ]
  for (const path of planted) {
    await visit(page, path)
    await settled(page)
    expect(await page.evaluate(() => 'stored' in window), path).toBe(false)
    expect(await page.locator('img[src="x"]').count(), path).toBe(0)
    expect(await page.title(), path).not.toContain('49')
  }
  await visit(page, urls.agent(slug))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(markup)
  noise.expect(/status of 40[04]/)

  const authorization = `Bearer ${commandLineToken()}`
  const rows = await request.get(`/api/v1/exports/kinds/matrix/file?format=csv&filter[q]=${slug}`, {
    headers: { authorization },
  })
  // What a spreadsheet would take for a formula never begins a cell.
  expect((await rows.text()).split(/\r\n|,/).filter((cell) => /^"?[=+@\t]/.test(cell))).toEqual([])

  const file = await request.get('/api/v1/exports/kinds/agents/file?format=pdf&filter[q]=Zz', {
    headers: { authorization },
  })
  const pdf = await getDocument({ data: new Uint8Array(await file.body()) }).promise
  // The text stands there as text, and nothing of the file runs.
  expect(await textOf(pdf)).toContain('onerror')
  expect(await pdf.getJSActions()).toBeNull()
  expect(await pdf.getAttachments()).toBeNull()

  const { id } = await api('bundles.make', { datasets: ['matrix', 'assignments'] })
  const bundle = await request.get(urls.bundleFile(id), { headers: { authorization } })
  const index = new TextDecoder().decode(unzipSync(await bundle.body())['index.html'])
  expect(index).toContain('<h1')
  expect(index).not.toMatch(/<img|<script/)
})
