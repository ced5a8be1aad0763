import { urls } from '@/lib/urls'

/** The page that a subject of the log stands on; null for what has none. */
export function subjectHref({ type, slug }: { type: string; slug: string }): string | null {
  switch (type) {
    case 'agent':
      return urls.agent(slug)
    case 'tool':
      return urls.tool(slug)
    case 'team':
      return urls.team(slug)
    case 'person':
      return urls.person(slug)
    case 'enforcement_point':
      return urls.enforcementPoint(slug)
    case 'binding':
      return urls.binding(slug)
    case 'contract': {
      const at = slug.lastIndexOf('@v')
      return urls.contract(slug.slice(0, at), Number(slug.slice(at + 2)))
    }
    case 'parity':
      return urls.parity(slug)
    case 'gap':
      return urls.gap(slug)
    case 'exceptions':
      return urls.exceptions()
    case 'campaign':
      return urls.campaign(slug)
    case 'campaign_template':
      return urls.campaignTemplate(slug)
    case 'remediation':
      return urls.remediation(slug)
    case 'succession':
      return urls.succession(slug)
    case 'import':
      return urls.importRun(slug)
    case 'accounts':
      return urls.accounts({ text: slug })
    case 'service_account':
      return urls.serviceAccount(slug)
    case 'tokens':
      return urls.tokens()
    default:
      return null
  }
}
