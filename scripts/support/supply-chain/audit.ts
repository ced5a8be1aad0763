import { z } from 'zod'
import accepted from './accepted-advisories.json' with { type: 'json' }

const acceptedSchema = z.array(
  z.strictObject({ advisory: z.string(), package: z.string(), reason: z.string().min(20), until: z.iso.date() }),
)

const viaSchema = z.object({
  name: z.string(),
  title: z.string(),
  url: z.string(),
  severity: z.string(),
  range: z.string(),
})
const reportSchema = z.object({
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), viaSchema])) })),
})

/** What `npm audit --json` came to. */
export interface AuditVerdict {
  problems: string[]
  /** Why nothing can be said, when there was no registry to ask. */
  note?: string
}

/** Reads the report of `npm audit --json`: what it names is a problem unless it is accepted with a reason, for a while. */
export function readAudit(reportText: string, today: string, given: unknown = accepted): AuditVerdict {
  const report = reportSchema.safeParse(parsed(reportText))
  if (!report.success) return { problems: [], note: 'no registry answered, so known holes were not asked for' }
  const reasons = acceptedSchema.parse(given)
  const found = Object.values(report.data.vulnerabilities).flatMap(({ via }) =>
    via.filter((each) => typeof each !== 'string'),
  )
  const holes = [...new Map(found.map((each) => [`${each.url} ${each.name}`, each])).values()]
  return {
    problems: holes.flatMap(({ name, title, url, severity, range }) => {
      const reason = reasons.find((each) => url.endsWith(`/${each.advisory}`) && each.package === name)
      if (reason && reason.until >= today) return []
      const late = reason ? `; it was accepted until ${reason.until}` : ''
      return [`${name} ${range}: ${title} (${severity}, ${url})${late}`]
    }),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
