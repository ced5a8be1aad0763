import { z } from 'zod'
import type { Json } from '@/lib/audit/model'
import enterpriseUser from './schemas/enterprise-user.json' with { type: 'json' }
import group from './schemas/group.json' with { type: 'json' }
import user from './schemas/user.json' with { type: 'json' }

/** What a SCIM attribute is (RFC 7643, section 2). */
export interface Attribute {
  name: string
  type: 'string' | 'boolean' | 'dateTime' | 'reference' | 'complex'
  multiValued: boolean
  required: boolean
  /** Whether capitals tell two values apart. */
  caseExact: boolean
  mutability: 'readWrite' | 'readOnly' | 'immutable' | 'writeOnly'
  returned: 'default' | 'always' | 'request' | 'never'
  /** Empty for what is not complex. */
  subAttributes: readonly Attribute[]
}

export type JsonObject = { [key: string]: Json }

/** What a text says that is "true" or "false", whatever its capitals, as Microsoft Entra sends booleans; undefined for others. */
export function booleanIn(text: string): boolean | undefined {
  const said = text.toLowerCase()
  return said === 'true' ? true : said === 'false' ? false : undefined
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const attributeSchema: z.ZodType<Attribute> = z.object({
  name: z.string(),
  type: z.enum(['string', 'boolean', 'dateTime', 'reference', 'complex']),
  multiValued: z.boolean(),
  required: z.boolean(),
  caseExact: z.boolean().default(false),
  mutability: z.enum(['readWrite', 'readOnly', 'immutable', 'writeOnly']),
  returned: z.enum(['default', 'always', 'request', 'never']),
  get subAttributes() {
    return z.array(attributeSchema).default([])
  },
})
const schemaSchema = z.object({ id: z.string(), attributes: z.array(attributeSchema) })

/** A schema with its attributes. */
export interface Schema {
  id: string
  attributes: readonly Attribute[]
}

const readOnly = { multiValued: false, required: false, mutability: 'readOnly', subAttributes: [] } as const

/** What every resource has, whatever its schema (RFC 7643, section 3.1). */
const common: readonly Attribute[] = [
  { ...readOnly, name: 'id', type: 'string', caseExact: true, returned: 'always' },
  { ...readOnly, name: 'externalId', type: 'string', caseExact: true, mutability: 'readWrite', returned: 'default' },
  {
    ...{ ...readOnly, name: 'meta', type: 'complex', caseExact: false, returned: 'default' },
    subAttributes: [
      { ...readOnly, name: 'resourceType', type: 'string', caseExact: true, returned: 'default' },
      { ...readOnly, name: 'created', type: 'dateTime', caseExact: false, returned: 'default' },
      { ...readOnly, name: 'lastModified', type: 'dateTime', caseExact: false, returned: 'default' },
      { ...readOnly, name: 'location', type: 'reference', caseExact: true, returned: 'default' },
      { ...readOnly, name: 'version', type: 'string', caseExact: true, returned: 'default' },
    ],
  },
]

/** A kind of resource: where it is, and which attributes it has. */
export interface ResourceType {
  name: 'User' | 'Group'
  endpoint: '/Users' | '/Groups'
  core: Schema
  extensions: readonly Schema[]
  /** Those of the core schema and those that every resource has. */
  attributes: readonly Attribute[]
}

const userSchema: Schema = schemaSchema.parse(user)
const enterpriseSchema: Schema = schemaSchema.parse(enterpriseUser)
const groupSchema: Schema = schemaSchema.parse(group)

export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  core: userSchema,
  extensions: [enterpriseSchema],
  attributes: [...common, ...userSchema.attributes],
}

export const groupType: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  core: groupSchema,
  extensions: [],
  attributes: [...common, ...groupSchema.attributes],
}

export const enterpriseUrn = enterpriseSchema.id

/** The schemas as they are answered, by their URN. */
export const schemaDocuments = [user, enterpriseUser, group]

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** An attribute by its name, which capitals do not matter in (RFC 7643, section 2.1). */
export const named = (attributes: readonly Attribute[], name: string): Attribute | undefined =>
  attributes.find((attribute) => sameName(attribute.name, name))

/** An extension of the resource by its URN. */
export const extensionCalled = (type: ResourceType, urn: string): Schema | undefined =>
  type.extensions.find(({ id }) => sameName(id, urn))
