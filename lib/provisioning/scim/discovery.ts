import { z } from 'zod'
import { defineQuery } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { bodyBytesMax, listResponse, pageMax } from './messages'
import { groupType, type JsonObject, type ResourceType, schemaDocuments, userType } from './schema'
import { answerSchema, baseSchema } from './shapes'

const core = 'urn:ietf:params:scim:schemas:core:2.0'

const configuration = (base: string): JsonObject => ({
  schemas: [`${core}:ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: bodyBytesMax },
  filter: { supported: true, maxResults: pageMax },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'API token',
      description: 'An API token with the scope "provisioning", as a bearer token (RFC 6750)',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
})

const resourceTypeDocument = (
  base: string,
  { name, endpoint, core: schema, extensions }: ResourceType,
): JsonObject => ({
  schemas: [`${core}:ResourceType`],
  id: name,
  name,
  endpoint,
  description: name === 'User' ? 'A person of the registry' : 'A team of the registry',
  schema: schema.id,
  schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })),
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
})

const resourceTypeDocuments = (base: string) => [userType, groupType].map((type) => resourceTypeDocument(base, type))

const schemaDocumentsAt = (base: string): JsonObject[] =>
  schemaDocuments.map(({ id, ...document }) => ({
    schemas: [`${core}:Schema`],
    id,
    ...document,
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  }))

const listed = (resources: readonly JsonObject[]) => listResponse({ total: resources.length, startIndex: 1, resources })

const input = z.strictObject({ base: baseSchema })
const oneInput = z.strictObject({ base: baseSchema, id: z.string().max(200) })

function called(documents: readonly JsonObject[], id: string): { body: JsonObject } {
  const document = documents.find((each) => typeof each.id === 'string' && each.id.toLowerCase() === id.toLowerCase())
  if (!document) throw notFound(`"${id}"`)
  return { body: document }
}

export const discoveryUseCases = {
  'provisioning.configuration': defineQuery({
    name: 'provisioning.configuration',
    summary: 'What the SCIM server can do',
    method: 'GET',
    path: '/ServiceProviderConfig',
    input,
    output: answerSchema,
    handler: async (_, { base }) => ({ body: configuration(base) }),
  }),
  'provisioning.resourceTypes': defineQuery({
    name: 'provisioning.resourceTypes',
    summary: 'The kinds of resources of the SCIM server',
    method: 'GET',
    path: '/ResourceTypes',
    input,
    output: answerSchema,
    handler: async (_, { base }) => ({ body: listed(resourceTypeDocuments(base)) }),
  }),
  'provisioning.resourceType': defineQuery({
    name: 'provisioning.resourceType',
    summary: 'One kind of resources of the SCIM server',
    method: 'GET',
    path: '/ResourceTypes/{id}',
    input: oneInput,
    output: answerSchema,
    handler: async (_, { base, id }) => called(resourceTypeDocuments(base), id),
  }),
  'provisioning.schemas': defineQuery({
    name: 'provisioning.schemas',
    summary: 'The schemas of the SCIM server',
    method: 'GET',
    path: '/Schemas',
    input,
    output: answerSchema,
    handler: async (_, { base }) => ({ body: listed(schemaDocumentsAt(base)) }),
  }),
  'provisioning.schema': defineQuery({
    name: 'provisioning.schema',
    summary: 'One schema of the SCIM server',
    method: 'GET',
    path: '/Schemas/{id}',
    input: oneInput,
    output: answerSchema,
    handler: async (_, { base, id }) => called(schemaDocumentsAt(base), id),
  }),
}
