import fc from 'fast-check'

/** As much of JSON Schema as the API's own document uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema | boolean
  prefixItems?: Schema[]
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  format?: string
  pattern?: string
}

/** Texts that have broken programs before: for SQL, markup, paths, formulas, prototypes, encodings, sizes and addresses. */
export const nastyTexts: readonly string[] = [
  ...['', ' ', '\u0000', '\ud800', 'null', 'undefined', '-1', '1e999', '0x10', 'NaN', 'true'],
  ...["' OR 1=1 --", "'; DROP TABLE agent; --", '$1', '%', '\\', '_%', '(a|a)*$', '[', '*', '{{7*7}}', '#{7*7}'],
  ...['<script>fuzzed()</script>', '"><img src=x onerror=fuzzed()>', 'javascript:fuzzed()', '&lt;', ']]>'],
  ...['../../../etc/passwd', '..%2f..%2f', '/etc/passwd', 'C:\\windows', 'file:///etc/passwd', '\\\\host\\share'],
  ...[
    '=1+1',
    '@SUM(A1)',
    '__proto__',
    'constructor',
    'toString',
    'a\r\nset-cookie: x=1',
    'a\nb',
    '\u202eabc',
    '😀',
    'עברית',
  ],
  ...['http://127.0.0.1:1/', 'http://[::1]:1/', 'https://fuzz.invalid/', 'smtp://x', 'x@fuzz.invalid'],
  ...['2026-02-30', '9999-12-31T23:59:59.999Z', '0000-01-01', '+275760-09-13T00:00:00.000Z', 'P1Y', 'P999999999D'],
  'a'.repeat(10_001),
]

/** What stands where, for inputs that get further than the door. */
export interface Known {
  ids: readonly string[]
  names: readonly string[]
}

const stringOf = (schema: Schema, known: Known): fc.Arbitrary<unknown> => {
  const nasty = fc.constantFrom(...nastyTexts)
  const names = fc.constantFrom(...known.names)
  if (schema.format === 'uuid')
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known.ids) }, fc.uuid(), nasty)
  if (schema.format === 'date-time')
    return fc.oneof(
      fc
        .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      nasty,
    )
  if (schema.format === 'date') return fc.oneof(fc.constantFrom('2026-11-28', '2027-02-01', '1999-12-31'), nasty)
  if (schema.format === 'email') return fc.oneof(fc.constantFrom('a@fuzz.invalid', 'b@fuzz.invalid'), nasty)
  return fc.oneof(
    { weight: 4, arbitrary: names },
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('A plain sentence.', 'fuzz', 'fuzz-1'),
    nasty,
  )
}

const numberOf = ({ type, minimum, maximum }: Schema): fc.Arbitrary<unknown> => {
  const [min, max] = [Math.max(minimum ?? -10, -1e9), Math.min(maximum ?? 1000, 1e9)]
  const fitting = fc.integer({ min: Math.ceil(min), max: Math.floor(Math.max(min, max)) })
  const odd = fc.constantFrom(0, -1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 0.5)
  return fc.oneof({ weight: 5, arbitrary: fitting }, odd, ...(type === 'number' ? [fc.double({ noNaN: true })] : []))
}

/** Values that mostly fit a schema: so that what lies behind the check of inputs is reached as well. */
export function fitting(schema: Schema, root: Record<string, Schema>, known: Known, depth = 0): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => fitting(inner, root, known, depth + 1)
  if (depth > 6) return fc.constant(null)
  if (schema.$ref) return of(root[schema.$ref.replace('#/components/schemas/', '')] ?? {})
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return fc.oneof(...alternatives.map(of))
  if (schema.allOf) return of(Object.assign({}, ...schema.allOf))
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => of({ ...schema, type })))
  switch (schema.type) {
    case 'string':
      return stringOf(schema, known)
    case 'integer':
    case 'number':
      return numberOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const items = typeof schema.items === 'object' ? schema.items : (schema.prefixItems?.[0] ?? {})
      return fc.array(of(items), { minLength: Math.min(schema.minItems ?? 0, 3), maxLength: 4 })
    }
    case 'object': {
      const properties = Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, of(inner)]),
      )
      if (Object.keys(properties).length === 0 && typeof schema.additionalProperties === 'object')
        return fc.dictionary(fc.constantFrom(...known.names, '__proto__'), of(schema.additionalProperties), {
          maxKeys: 3,
        })
      return fc.record(properties, { requiredKeys: schema.required ?? [] })
    }
    default:
      return fc.oneof(fc.constantFrom(...nastyTexts), fc.jsonValue())
  }
}

const junk = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom(...nastyTexts),
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom<unknown>(null, [], {}, 0, -1, true, [[[[[[]]]]]], { $ref: '#' }, { toString: 1 }),
  )

/** Values of which one part, or all, does not fit. */
export function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return junk()
  const entries = Object.entries(value)
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(...entries.map(([key]) => key)), junk())
      .map(([key, other]) => ({ ...value, [key]: other })),
    fc
      .constantFrom(...entries.map(([key]) => key))
      .map((key) => Object.fromEntries(entries.filter(([name]) => name !== key))),
    fc
      .tuple(fc.constantFrom('fuzz', 'role', 'id', 'isAdmin', 'constructor', 'version'), junk())
      .map(([key, other]) => ({ ...value, [key]: other })),
    junk(),
  )
}
