import catalogs from './catalogs.json'
import mapping from './rule-mapping.json'

/** A control framework, as much of it as the catalog carries. */
export interface Framework {
  key: string
  title: string
  version: string
  url: string
  licence: string
}

/** A control that a rule's findings are evidence for. */
export interface RuleControl {
  framework: Framework
  id: string
  title: string
  /** Why the finding is evidence for it. */
  reason: string
}

const catalogByKey = new Map(
  catalogs.map(({ key, framework: title, version, url, licence, controls }) => {
    const framework: Framework = { key, title, version, url, licence }
    return [key, { framework, controls, titleById: new Map(controls.map((control) => [control.id, control.title])) }]
  }),
)
const mappingByRule = new Map(mapping.map(({ rule, controls }) => [rule, controls]))

/** The ids of all rules that the standards are mapped to: those that there are and those that will be. */
export const mappedRules: readonly string[] = [...mappingByRule.keys()]

/** The frameworks that rules refer to, in the order of the catalog. */
export const frameworks: readonly Framework[] = [...catalogByKey.values()].map(({ framework }) => framework)

/** A control of a framework, with the rules that evidence it. */
export interface CatalogControl {
  id: string
  title: string
  /** What it asks for, in our own words. */
  summary: string
  rules: readonly { rule: string; reason: string }[]
}

/** The controls of a framework in the order of its catalog; none for a framework there is not. */
export function controlsIn(framework: string): CatalogControl[] {
  return (catalogByKey.get(framework)?.controls ?? []).map(({ id, title, summary }) => ({
    id,
    title,
    summary,
    rules: mapping.flatMap(({ rule, controls }) =>
      controls.flatMap((control) =>
        control.framework === framework && control.id === id ? [{ rule, reason: control.reason }] : [],
      ),
    ),
  }))
}

/**
 * The controls a rule's findings are evidence for, in the order of the mapping; none for a rule it does not know.
 * @throws RangeError when the mapping names a control that no catalog has.
 */
export function controlsOf(rule: string): RuleControl[] {
  return (mappingByRule.get(rule) ?? []).map(({ framework: key, id, reason }) => {
    const catalog = catalogByKey.get(key)
    const title = catalog?.titleById.get(id)
    if (!catalog || title === undefined) throw new RangeError(`No catalog has the control ${key} ${id}`)
    return { framework: catalog.framework, id, title, reason }
  })
}
