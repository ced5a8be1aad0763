import type { LayerId } from '@/lib/layers'
import { covers, exceptionFor, isAfter, isInForce } from '../exceptions'
import type { IndexedPicture } from '../indexed-picture'
import { type Finding, type GapSubject, gapSubjectTypes, type RuleContext, type Severity, severities } from '../model'
import type { ExceptionFact } from '../picture'
import type { Rule } from '../rule'
import { day } from '../wording'

/**
 * A risk was accepted for a time, the time is over, and what was accepted is still there. It asks the rules that were
 * excepted themselves, and is placed where they place theirs: same subject, layer, point, severity and bindings.
 * Depends on: the exceptions on the subject, and all that the findings of the rules they name depend on.
 */
export function exceptionExpired(substantive: readonly Rule[]): Rule {
  return {
    id: 'exception-expired',
    title: 'An accepted risk has run out',
    placedOn: gapSubjectTypes,
    severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
    when: 'An exception has run out, no other one is in force in its place, and its rule still finds what was excepted. Its severity is that of the finding it excepted.',
    why: 'Accepting a risk buys time to mend it. When the time is over and nothing was mended, somebody has to decide again.',
    fix: 'Mend what was excepted, or ask for a new exception with a reason that still holds.',
    evaluate(subject, picture, context) {
      const over = picture.exceptionsOn(subject).filter((exception) => !isInForce(exception, context.now))
      if (over.length === 0) return []
      const named = substantive.filter((rule) => over.some((exception) => exception.rule === rule.id))
      const lapsed = named.flatMap((rule) => lapsedOf(rule, over, subject, picture, context))
      return [...groupByPlace(lapsed).values()].map(merged)
    },
  }
}

/** A finding that stands open again, and the exception that ran out last over it. */
interface Lapsed {
  finding: Finding
  title: string
  exception: ExceptionFact
}

function lapsedOf(
  rule: Rule,
  over: readonly ExceptionFact[],
  subject: GapSubject,
  picture: IndexedPicture,
  context: RuleContext,
): Lapsed[] {
  if (!rule.placedOn.includes(subject.type)) return []
  return rule.evaluate(subject, picture, context).flatMap((finding) => {
    if (exceptionFor(finding, picture.exceptionsOn(subject), context.now)) return []
    const [first, ...others] = over.filter((exception) => covers(exception, finding))
    if (!first) return []
    const last = others.reduce((latest, one) => (isAfter(one, latest) ? one : latest), first)
    return [{ finding, title: rule.title, exception: last }]
  })
}

/** Several rules may have been excepted at one layer and point; that is one gap. */
function groupByPlace(lapsed: readonly Lapsed[]): Map<string, [Lapsed, ...Lapsed[]]> {
  const places = new Map<string, [Lapsed, ...Lapsed[]]>()
  for (const one of lapsed) {
    const key = placeOf(one.finding.layer, one.finding.pointId)
    const place = places.get(key)
    if (place) place.push(one)
    else places.set(key, [one])
  }
  return places
}

const placeOf = (layer: LayerId | null, pointId: string | null) => `${layer ?? ''}|${pointId ?? ''}`

function merged(lapsed: [Lapsed, ...Lapsed[]]): Finding {
  const [{ finding }] = lapsed
  return {
    rule: 'exception-expired',
    subject: finding.subject,
    layer: finding.layer,
    pointId: finding.pointId,
    severity: worstOf(lapsed, finding.severity),
    bindingIds: [...new Set(lapsed.flatMap((one) => one.finding.bindingIds))].sort(),
    explanation: lapsed.map(explain).join(' '),
  }
}

function worstOf(lapsed: readonly Lapsed[], least: Severity): Severity {
  return severities.findLast((severity) => lapsed.some((one) => one.finding.severity === severity)) ?? least
}

function explain({ finding, title, exception }: Lapsed): string {
  return `“${title}” was accepted by ${exception.approver} until ${day(exception.expires)} (${exception.reason}), and it is still so: ${finding.explanation}`
}
