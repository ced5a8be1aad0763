import type { Severity } from '@/lib/gaps/model'
import type { Rule } from '@/lib/gaps/rule'
import { rules } from '@/lib/gaps/rules'
import type { ImportProblem } from '@/lib/importers/model'
import { controlsOf } from '@/lib/standards/controls'
import { type GapLine, isExcepted } from './gap-line'

/** Where a gap's subject is described; null line where it cannot be told. */
export interface Place {
  file: string
  line: number | null
}

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const
/** Scores that code scanning services sort by, on the scale of CVSS. */
const scores: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' }

/**
 * Gaps as a SARIF 2.1.0 log, with the rules they come from. `problems` are what kept the input from being read in
 * full: with any, the run counts as unsuccessful.
 */
export function sarifLog(
  gaps: readonly GapLine[],
  more: {
    placeOf?: (gap: GapLine) => Place | undefined
    /** Why the risk of an excepted gap was accepted. */
    acceptanceOf?: (gap: GapLine) => string | undefined
    problems?: readonly ImportProblem[]
  } = {},
): object {
  const { placeOf = () => undefined, acceptanceOf = () => undefined, problems = [] } = more
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]))
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Pentarch', rules: rules.map(descriptorOf) } },
        invocations: [
          { executionSuccessful: problems.length === 0, toolExecutionNotifications: problems.map(notificationOf) },
        ],
        results: gaps.map((gap) => ({
          ...resultOf(gap, indexes.get(gap.rule), placeOf(gap)),
          ...suppressionOf(gap, acceptanceOf(gap)),
        })),
        columnKind: 'unicodeCodePoints',
      },
    ],
  }
}

function descriptorOf(rule: Rule): object {
  const worst = rule.severityByRisk.critical
  return {
    id: rule.id,
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: `${rule.when} ${rule.why}` },
    help: { text: rule.fix },
    defaultConfiguration: { level: levels[worst] },
    properties: {
      'security-severity': scores[worst],
      tags: ['governance', ...controlsOf(rule.id).map(({ framework, id }) => `${framework.key}/${id}`)],
    },
  }
}

function resultOf(gap: GapLine, ruleIndex: number | undefined, place: Place | undefined): object {
  const { subject, layer, point, severity, state, affected, since } = gap
  return {
    ruleId: gap.rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levels[severity],
    message: { text: gap.explanation },
    locations: [
      {
        ...(place && { physicalLocation: physicalLocation(place) }),
        logicalLocations: [
          { name: subject.slug, fullyQualifiedName: `${subject.type}:${subject.slug}`, kind: subject.type },
        ],
      },
    ],
    // What makes it the same gap over time.
    partialFingerprints: {
      'pentarchGap/v1': [gap.rule, subject.type, subject.slug, layer ?? '', ...(point === null ? [] : [point])].join(
        '|',
      ),
    },
    properties: { layer, point, severity, state, affected, since, 'security-severity': scores[severity] },
  }
}

/** An excepted gap is suppressed, so that code scanning services show it as closed; one that is not says nothing. */
function suppressionOf(gap: GapLine, justification: string | undefined): object {
  if (!isExcepted(gap)) return {}
  return { suppressions: [{ kind: 'external', status: 'accepted', ...(justification && { justification }) }] }
}

function notificationOf({ file, line, field, message }: ImportProblem): object {
  return {
    level: 'error',
    message: { text: field ? `${field}: ${message}` : message },
    locations: [{ physicalLocation: physicalLocation({ file, line }) }],
  }
}

function physicalLocation({ file, line }: Place): object {
  const uri = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
  return { artifactLocation: { uri }, ...(line !== null && { region: { startLine: line } }) }
}
