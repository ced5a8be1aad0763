import type { Rule } from '@/lib/gaps/rule'
import { rules } from '@/lib/gaps/rules'
import { controlsIn, controlsOf, type Framework, frameworks } from '@/lib/standards/controls'
import { property } from './properties'
import { markupLine, markupText, plainText, token } from './texts'
import { uuidOf } from './uuids'

/**
 * A control as a token that no other framework shares. Those of NIST SP 800-53 are named as in NIST's own OSCAL
 * catalog (`AC-2(3)` is `ac-2.3` there), so that other documents about them meet these.
 */
export function controlId(framework: string, id: string): string {
  if (framework === 'nist-800-53') return id.toLowerCase().replace(/\((\d+)\)/, '.$1')
  return token(`${framework}_${id}`)
}

const catalogReference = ({ key }: Framework) => `#${uuidOf('catalog', key)}`

/** `reviewed-controls`: of each framework, the controls that a rule is evidence for. */
export function reviewedControls() {
  return {
    description: 'The controls that at least one gap rule is evidence for. Of the others this document says nothing.',
    'control-selections': frameworks.flatMap((framework) => {
      const included = controlsIn(framework.key).filter((control) => control.rules.length > 0)
      if (included.length === 0) return []
      return [
        {
          description: markupText(`${framework.title}, ${framework.version}`),
          links: [{ href: catalogReference(framework), rel: 'reference' }],
          'include-controls': included.map(({ id }) => ({ 'control-id': controlId(framework.key, id) })),
        },
      ]
    }),
  }
}

/** What a rule looks for, as the objective that findings are about. */
export const objectiveId = (rule: string) => token(rule)

/** `objectives-and-methods`: each rule as an objective of each control that it is evidence for. */
export function objectives() {
  return rules.flatMap((rule) =>
    controlsOf(rule.id).map((control) => ({
      'control-id': controlId(control.framework.key, control.id),
      description: markupText(control.reason),
      parts: [objectivePart(rule)],
    })),
  )
}

const objectivePart = (rule: Rule) => ({
  id: objectiveId(rule.id),
  name: 'assessment-objective',
  title: markupLine(rule.title),
  prose: markupText(`There is a gap when: ${rule.when}`),
})

/** The controls of a rule as properties, in the words of their frameworks. */
export function controlProperties(rule: string) {
  return controlsOf(rule).map(({ framework, id, title }) =>
    property('control', controlId(framework.key, id), `${framework.title} ${id}: ${title}`),
  )
}

/** `back-matter`: the frameworks, and the plan that is carried out. */
export function backMatter() {
  return {
    resources: [
      {
        uuid: uuidOf('assessment-plan', 'gap-rules'),
        title: 'Plan: the gap rules',
        description: 'After every change, and as time passes, each gap rule is evaluated on what the change touches.',
        props: rules.map((rule) => property('rule', rule.id, rule.title)),
      },
      ...frameworks.map((framework) => ({
        uuid: uuidOf('catalog', framework.key),
        title: markupLine(`${framework.title}, ${framework.version}`),
        props: [property('licence', plainText(framework.licence))],
        rlinks: [{ href: framework.url }],
      })),
    ],
  }
}

/** The plan is not a document of its own: it is described in the back matter. */
export const importedPlan = { href: `#${uuidOf('assessment-plan', 'gap-rules')}` }
