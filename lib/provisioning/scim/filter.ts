import { type Filter, parse } from 'scim2-parse-filter'
import { type AttributePath, resolvePath } from './paths'
import { ScimRefusal } from './refusal'
import { type Attribute, booleanIn, named, type ResourceType } from './schema'

export const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Operator = (typeof operators)[number]

/** A filter whose attributes are those of the schemas and whose values are of their types. */
export type Condition =
  | { kind: 'and' | 'or'; conditions: Condition[] }
  | { kind: 'not'; condition: Condition }
  | { kind: 'present'; path: AttributePath }
  | { kind: 'compare'; path: AttributePath; operator: Operator; value: string | boolean }
  /** One value of a multi-valued attribute meets all of it. */
  | { kind: 'values'; path: AttributePath; condition: Condition }

const lengthMax = 2000
const depthMax = 20
const termsMax = 100

const refused = (detail: string) => new ScimRefusal('invalidFilter', detail)

/** How deep brackets of either kind stand in each other; what stands in quotes is no bracket. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const bracket of text.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/[^()[\]]/g, '')) {
    depth += bracket === '(' || bracket === '[' ? 1 : -1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/**
 * The tree of a filter by the grammar of RFC 7644, section 3.4.2.2.
 * The parser calls itself for every bracket and every `not`, and its pattern for quotes takes exponential time on line
 * breaks within one that is not closed: both are refused before it sees them.
 */
function treeOf(text: string): Filter {
  if (text.length > lengthMax) throw refused(`A filter may have ${lengthMax} characters.`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
  if (/[\u0000-\u001f\u007f]/.test(text)) throw refused('A filter must not contain control characters.')
  if (depthOf(text) > depthMax) throw refused(`Brackets of a filter may stand ${depthMax} deep.`)
  if (text.split(/\b(?:and|or|not)\b/i).length > termsMax) throw refused(`A filter may have ${termsMax} terms.`)
  try {
    return parse(text)
  } catch {
    throw refused('The filter cannot be read; see RFC 7644, section 3.4.2.2. Texts stand in double quotes.')
  }
}

/** How the attributes that a filter names are found. */
type Resolve = (name: string) => AttributePath | null

/** The part that a complex attribute is compared by when none is named (RFC 7643, section 2.4). */
function comparable(path: AttributePath, name: string): AttributePath {
  const { attribute, sub } = path
  if ((sub ?? attribute).type !== 'complex') return path
  const value = named(attribute.subAttributes, 'value')
  if (!value)
    throw refused(`"${name}" has parts; name one of them, such as ${name}.${attribute.subAttributes[0]?.name}.`)
  return { ...path, sub: value }
}

const leafOf = ({ attribute, sub }: AttributePath): Attribute => sub ?? attribute

function valueFor(leaf: Attribute, operator: Operator, value: string | number | boolean): string | boolean {
  if (leaf.type === 'boolean') {
    const known = booleanIn(String(value))
    if (known === undefined) throw refused(`"${leaf.name}" is true or false.`)
    if (operator !== 'eq' && operator !== 'ne') throw refused(`"${leaf.name}" is compared with eq or ne only.`)
    return known
  }
  if (leaf.type === 'dateTime') {
    const instant = new Date(String(value))
    const text = Number.isNaN(instant.getTime()) ? '' : instant.toISOString()
    // The database knows no year 0 and none of five digits as this text has them.
    if (!/^(?!0000)\d{4}-/.test(text)) throw refused(`"${leaf.name}" is compared with a date and time.`)
    return text
  }
  if (typeof value === 'boolean') throw refused(`"${leaf.name}" is a text; put the value in double quotes.`)
  return String(value)
}

function conditionOf(tree: Filter, resolve: Resolve): Condition {
  const pathOf = (name: string): AttributePath => {
    const path = resolve(name)
    if (!path) throw refused(`There is no attribute "${name.slice(0, 100)}" to filter by.`)
    return path
  }
  switch (tree.op) {
    case 'and':
    case 'or':
      return { kind: tree.op, conditions: tree.filters.map((each) => conditionOf(each, resolve)) }
    case 'not':
      return { kind: 'not', condition: conditionOf(tree.filter, resolve) }
    case '[]': {
      const path = pathOf(tree.attrPath)
      const inside: Resolve = (name) => {
        const sub = named(path.attribute.subAttributes, name)
        return sub ? { extension: null, attribute: sub, sub: null } : null
      }
      return { kind: 'values', path, condition: conditionOf(tree.valFilter, inside) }
    }
    case 'pr':
      return { kind: 'present', path: pathOf(tree.attrPath) }
    default: {
      const path = comparable(pathOf(tree.attrPath), tree.attrPath)
      const { compValue, op } = tree
      if (compValue !== null) {
        return { kind: 'compare', path, operator: op, value: valueFor(leafOf(path), op, compValue) }
      }
      const present: Condition = { kind: 'present', path }
      if (op === 'ne') return present
      if (op === 'eq') return { kind: 'not', condition: present }
      throw refused('null is compared with eq or ne only.')
    }
  }
}

/** A filter over resources of a kind. @throws ScimRefusal `invalidFilter`. */
export function parseFilter(type: ResourceType, text: string): Condition {
  return conditionOf(treeOf(text), (name) => resolvePath(type, name))
}

/** A filter over the values of one attribute, as it stands in the brackets of a path. @throws ScimRefusal `invalidFilter`. */
export function parseValueFilter(attribute: Attribute, text: string): Condition {
  return conditionOf(treeOf(text), (name) => {
    const sub = named(attribute.subAttributes, name)
    return sub ? { extension: null, attribute: sub, sub: null } : null
  })
}
