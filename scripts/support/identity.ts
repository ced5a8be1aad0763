import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { z } from 'zod'
import {
  faults,
  type KnownPerson,
  startIdentityProvider,
  testClient,
} from '@/lib/access/oidc/testing/identity-provider'
import type { Teardown } from './teardown'

/** What end-to-end tests tell the identity provider to do. */
export const identityOrderSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('rotateKeys') }),
  z.object({ act: z.literal('setDown'), down: z.boolean() }),
  z.object({ act: z.literal('setFault'), fault: z.enum(faults).nullable() }),
  z.object({
    act: z.literal('know'),
    person: z.object({
      sub: z.string(),
      email: z.string(),
      emailVerified: z.boolean(),
      name: z.string(),
      groups: z.array(z.string()),
    }),
  }),
])
export type IdentityOrder = z.infer<typeof identityOrderSchema>

const nobody: readonly KnownPerson[] = []

/** An identity provider for end-to-end tests, the settings by which the app signs people in by it, and where it takes orders. */
export async function startIdentity(teardown: Teardown, origin: string) {
  const provider = await teardown.hold(startIdentityProvider(origin, nobody), (held) => held.close())
  const obey = async (order: IdentityOrder) => {
    if (order.act === 'rotateKeys') await provider.rotateKeys()
    else if (order.act === 'setDown') provider.setDown(order.down)
    else if (order.act === 'setFault') provider.setFault(order.fault)
    else provider.people.set(order.person.sub, order.person)
  }
  const server = createServer((request, response) => {
    void read(request)
      .then(obey)
      .then(() => response.end('{}'))
      .catch((error: unknown) => response.writeHead(400).end(String(error)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await teardown.hold(Promise.resolve(server), async (held) => {
    held.closeAllConnections()
    held.close()
    await once(held, 'close')
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The control of the provider has no port')
  return {
    control: `http://127.0.0.1:${address.port}`,
    settings: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: testClient.id,
      OIDC_CLIENT_SECRET: testClient.secret,
      OIDC_NAME: 'Kestrel Bay',
      OIDC_SCOPE: 'openid email profile groups offline_access',
      OIDC_ROLES: 'pentarch-leads=governance_lead,pentarch-auditors=auditor,pentarch-members=member',
    },
  }
}

async function read(request: IncomingMessage): Promise<IdentityOrder> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return identityOrderSchema.parse(JSON.parse(Buffer.concat(chunks).toString()))
}
