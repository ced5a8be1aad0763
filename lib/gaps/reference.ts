import { riskTiers } from '@/lib/registry/model'
import { controlsOf, frameworks, type RuleControl } from '@/lib/standards/controls'
import type { Rule } from './rule'
import { rules } from './rules'

/** The rule reference as Markdown: everything the registry knows of each rule, in its order. */
export function ruleReferenceMarkdown(): string {
  return `${[introduction(), ...rules.map(section), sources()].join('\n\n')}\n`
}

function introduction(): string {
  return `# Gap rules

<!-- Made from the rule registry by scripts/rule-reference.ts. Do not edit. -->

A rule says what is wrong with an agent, a tool, a binding or an assignment, and places the gap where it can be mended,
together with the bindings it affects: one missing owner is one gap, however many bindings it leaves open.

- Only active bindings count, whatever the lifecycle of their agent. Gaps are placed on an agent only while it is
  active (a shadow agent apart), and on a tool while an active binding reaches it.
- The severity follows the highest risk tier among the affected bindings. A gap that affects none takes the row for low.
- A gap keeps its identity over time: rule, subject, layer and, where a rule finds fault point by point, the enforcement
  point. It opens once, resolves when the finding goes, and reopens with its history.
- An exception accepts a risk until it expires: the gap stands as excepted, and reopens at the very moment the exception
  runs out. What is still there then is besides a gap of its own, \`exception-expired\`, as severe as what was accepted.
- Limits are settings; the defaults are named here. A limit of so many days is over one moment after them, not on them.

${table(
  ['rule', 'title', 'placed on'],
  rules.map((rule) => [`[\`${rule.id}\`](#${rule.id})`, rule.title, rule.placedOn.join(' or ')]),
)}`
}

function section(rule: Rule): string {
  return `## ${rule.id}

**${rule.title}.** Placed on the ${rule.placedOn.join(' or the ')}.

- **Fires when:** ${rule.when}
- **Why it matters:** ${rule.why}
- **How to fix it:** ${rule.fix}

${table(['highest risk affected', ...riskTiers], [['severity', ...riskTiers.map((tier) => rule.severityByRisk[tier])]])}

Evidence for:

${table(['framework', 'control', 'title', 'why'], controlsOf(rule.id).map(controlRow))}`
}

function controlRow({ framework, id, title, reason }: RuleControl): string[] {
  return [framework.title, id, title, reason]
}

function sources(): string {
  return `## Frameworks

${table(
  ['framework', 'version', 'licence'],
  frameworks.map(({ title, url, version, licence }) => [`[${title}](${url})`, version, licence]),
)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}
