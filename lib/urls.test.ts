import { describe, expect, it } from 'vitest'
import { bindingSlugOf, queryString, safeCallback, subjectUrl, urls } from './urls'

describe('urls', () => {
  it('writes the address of every page', () => {
    const addresses = {
      overview: urls.overview(),
      matrix: urls.matrix(),
      agents: urls.agents(),
      agent: urls.agent('support-bot'),
      tools: urls.tools(),
      tool: urls.tool('crm'),
      enforcementPoints: urls.enforcementPoints(),
      enforcementPoint: urls.enforcementPoint('tool-gateway'),
      bindings: urls.bindings(),
      binding: urls.binding('support-bot/crm@production'),
      teams: urls.teams(),
      team: urls.team('iam'),
      people: urls.people(),
      person: urls.person('ana'),
      gaps: urls.gaps(),
      gap: urls.gap('0197'),
      exports: urls.exports(),
      exportWorkbook: urls.exportWorkbook(),
      exportFile: urls.exportFile({ kind: 'gaps', format: 'csv', filter: { team: 'iam', q: 'a b' }, sort: 'due' }),
      exportRunFile: urls.exportRunFile('0201'),
      evidence: urls.evidence(),
      log: urls.log(),
      bundleFile: urls.bundleFile('0202'),
      verifier: urls.verifier(),
      waysIn: urls.waysIn(),
      accounts: urls.accounts(),
      serviceAccounts: urls.serviceAccounts(),
      serviceAccount: urls.serviceAccount('nightly-import'),
      welcome: urls.welcome('a/b'),
      signedIn: urls.signedIn(),
      signInRefused: urls.signInRefused('no_role'),
      imports: urls.imports(),
      importRun: urls.importRun('0198'),
      audit: urls.audit({ action: 'agents.*', door: ['api', 'cli'] }),
      auditEvent: urls.auditEvent('0201'),
      rules: urls.rules(),
      rule: urls.rule('layer-unowned'),
      frameworks: urls.frameworks(),
      framework: urls.framework('nist-csf', { verdict: 'gaps' }),
      recertification: urls.recertification({ state: 'running' }),
      campaign: urls.campaign('q4-access'),
      campaignReport: urls.campaignReport('q4-access'),
      campaignReportPdf: urls.campaignReportPdf('q4-access'),
      campaignReportCsv: urls.campaignReportCsv('q4-access', { rows: 'decisions' }),
      newCampaign: urls.newCampaign({ template: 'quarterly' }),
      campaignTemplate: urls.campaignTemplate('quarterly'),
      reviews: urls.reviews({ campaign: 'q4-access' }),
      reviewItem: urls.reviewItem('0200'),
      remediations: urls.remediations({ overdue: 'yes' }),
      remediation: urls.remediation('0199'),
      exportSchedules: urls.exportSchedules(),
      streams: urls.streams(),
      tokens: urls.tokens(),
      past: urls.past({ at: '2026-03-03', to: '/matrix' }),
      lookAt: urls.lookAt({ at: 'now', to: '/matrix?text=a b' }),
      compare: urls.compare({ from: '2026-03-03' }),
      signIn: urls.signIn(),
      apiDocs: urls.apiDocs(),
    }
    expect(addresses).toMatchInlineSnapshot(`
      {
        "accounts": "/settings/accounts",
        "agent": "/agents/support-bot",
        "agents": "/agents",
        "apiDocs": "/api/v1/docs",
        "audit": "/audit?action=agents.*&door=api,cli",
        "auditEvent": "/audit/0201",
        "binding": "/bindings/support-bot~crm@production",
        "bindings": "/bindings",
        "bundleFile": "/api/v1/bundles/0202/file",
        "campaign": "/recertification/q4-access",
        "campaignReport": "/recertification/q4-access/report",
        "campaignReportCsv": "/recertification/q4-access/report/csv?rows=decisions",
        "campaignReportPdf": "/recertification/q4-access/report/pdf",
        "campaignTemplate": "/recertification/templates/quarterly",
        "compare": "/compare?from=2026-03-03",
        "enforcementPoint": "/enforcement-points/tool-gateway",
        "enforcementPoints": "/enforcement-points",
        "evidence": "/evidence",
        "exportFile": "/api/v1/exports/kinds/gaps/file?format=csv&sort=due&filter%5Bteam%5D=iam&filter%5Bq%5D=a%20b",
        "exportRunFile": "/api/v1/exports/0201/file",
        "exportSchedules": "/settings/scheduled-exports",
        "exportWorkbook": "/api/v1/exports/workbook",
        "exports": "/exports",
        "framework": "/frameworks/nist-csf?verdict=gaps",
        "frameworks": "/frameworks",
        "gap": "/gaps/0197",
        "gaps": "/gaps",
        "importRun": "/imports/0198",
        "imports": "/imports",
        "log": "/log",
        "lookAt": "/api/past?at=now&to=%2Fmatrix%3Ftext%3Da%20b",
        "matrix": "/matrix",
        "newCampaign": "/recertification/new?template=quarterly",
        "overview": "/",
        "past": "/past?at=2026-03-03&to=%2Fmatrix",
        "people": "/people",
        "person": "/people/ana",
        "recertification": "/recertification?state=running",
        "remediation": "/remediations/0199",
        "remediations": "/remediations?overdue=yes",
        "reviewItem": "/review/0200",
        "reviews": "/review?campaign=q4-access",
        "rule": "/rules/layer-unowned",
        "rules": "/rules",
        "serviceAccount": "/settings/service-accounts/nightly-import",
        "serviceAccounts": "/settings/service-accounts",
        "signIn": "/sign-in",
        "signInRefused": "/sign-in?refused=no_role",
        "signedIn": "/sign-in/done",
        "streams": "/settings/streams",
        "team": "/teams/iam",
        "teams": "/teams",
        "tokens": "/settings/tokens",
        "tool": "/tools/crm",
        "tools": "/tools",
        "verifier": "/verify.html",
        "waysIn": "/settings/sign-in",
        "welcome": "/welcome#a%2Fb",
      }
    `)
  })

  it('puts a view into the query string and leaves out what is not set', () => {
    expect(urls.matrix({ rows: 'agents', state: ['unowned', 'orphaned'], text: 'a b', team: undefined })).toBe(
      '/matrix?rows=agents&state=unowned,orphaned&text=a%20b',
    )
    expect(queryString({ a: '', b: null, c: false, d: [], e: 0, f: true })).toBe('?e=0&f=true')
    expect(queryString()).toBe('')
  })

  it('keeps a hostile name inside its own segment', () => {
    expect(urls.person('../settings?x=1#y')).toBe('/people/..%2Fsettings%3Fx%3D1%23y')
  })

  it.each(['support-bot/crm@production', '0197a1b2-0000-7000-8000-000000000001'])(
    'reads the binding %s back',
    (slug) => {
      const param = urls.binding(slug).slice('/bindings/'.length)
      expect(param).not.toContain('%2F')
      expect(bindingSlugOf(param)).toBe(slug)
      expect(bindingSlugOf(encodeURIComponent(param))).toBe(slug)
    },
  )

  it.each([
    ['agent', 'support-bot', '/agents/support-bot'],
    ['tool', 'crm', '/tools/crm'],
    ['enforcement_point', 'tool-gateway', '/enforcement-points/tool-gateway'],
    ['binding', 'support-bot/crm@production', '/bindings/support-bot~crm@production'],
  ] as const)('leads from the %s %s to its page', (type, slug, address) => {
    expect(subjectUrl(type, slug)).toBe(address)
  })

  it('takes a malformed parameter for what it is', () => {
    expect(bindingSlugOf('%E0%A4%A')).toBe('%E0%A4%A')
  })

  it('returns to a page of this app after sign-in and nowhere else', () => {
    expect(safeCallback('/matrix?rows=agents')).toBe('/matrix?rows=agents')
    for (const elsewhere of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '',
      null,
      undefined,
    ]) {
      expect(safeCallback(elsewhere)).toBe('/')
    }
  })
})
