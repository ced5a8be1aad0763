import { type IndexedPicture, indexPicture } from './indexed-picture'
import type { Finding, GapSubject, GapSubjectType, RuleContext } from './model'
import type { Picture } from './picture'
import type { Rule } from './rule'
import { rules as allRules } from './rules'

/** Ids of the subjects whose findings may differ after a change. */
export interface Touched {
  agents: ReadonlySet<string>
  tools: ReadonlySet<string>
  bindings: ReadonlySet<string>
  assignments: ReadonlySet<string>
  logs?: ReadonlySet<string>
}

/** What makes two findings the same gap over time: rule, subject, layer and point. */
export function gapKey({
  rule,
  subject,
  layer,
  pointId,
}: Pick<Finding, 'rule' | 'subject' | 'layer' | 'pointId'>): string {
  return `${rule}|${subject.type}|${subject.id}|${layer ?? ''}|${pointId ?? ''}`
}

/** Every finding of these rules (all unless told) in the picture at `context.now`. */
export function evaluateAll(picture: Picture, context: RuleContext, rules: readonly Rule[] = allRules): Finding[] {
  const indexed = indexPicture(picture, context.now)
  return rules.flatMap((rule) => evaluateRule(rule, indexed, context))
}

/** Every finding of one rule, for those who take a large picture rule by rule. */
export function evaluateRule(rule: Rule, picture: IndexedPicture, context: RuleContext): Finding[] {
  return evaluate(picture, context, [rule], (type) => subjectsOf(picture, type).keys())
}

/**
 * The findings on these subjects alone: exactly those that `evaluateAll` would place on them, provided the picture holds
 * everything they hang on. A subject that is not in the picture has none.
 */
export function evaluateSubjects(
  picture: Picture,
  context: RuleContext,
  touched: Touched,
  rules: readonly Rule[] = allRules,
): Finding[] {
  return evaluate(indexPicture(picture, context.now), context, rules, (type) => touchedOf(touched, type))
}

function evaluate(
  picture: IndexedPicture,
  context: RuleContext,
  rules: readonly Rule[],
  idsOf: (type: GapSubjectType) => Iterable<string>,
): Finding[] {
  const findings: Finding[] = []
  for (const rule of rules) {
    for (const type of rule.placedOn) {
      for (const id of idsOf(type)) {
        const subject: GapSubject = { type, id }
        findings.push(...rule.evaluate(subject, picture, context))
      }
    }
  }
  return findings
}

function subjectsOf(picture: Picture, type: GapSubjectType): ReadonlyMap<string, unknown> {
  switch (type) {
    case 'agent':
      return picture.agents
    case 'tool':
      return picture.tools
    case 'binding':
      return picture.bindings
    case 'assignment':
      return picture.assignments
    case 'log':
      return new Map(picture.log && [[picture.log.id, picture.log]])
  }
}

function touchedOf(touched: Touched, type: GapSubjectType): ReadonlySet<string> {
  switch (type) {
    case 'agent':
      return touched.agents
    case 'tool':
      return touched.tools
    case 'binding':
      return touched.bindings
    case 'assignment':
      return touched.assignments
    case 'log':
      return touched.logs ?? new Set()
  }
}
