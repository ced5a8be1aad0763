'use client'

import { z } from 'zod'
import { problemSchema } from '@/lib/http/problem'

const linkSchema = z.object({
  kind: z.enum(['set_up', 'invitation', 'reset']),
  email: z.string().nullable(),
  name: z.string().nullable(),
})
export type Link = z.infer<typeof linkSchema>

/** What the server refused about a link, by field where it names one. */
export class LinkProblem extends Error {
  constructor(
    message: string,
    readonly fields: readonly { field: string; message: string }[],
  ) {
    super(message)
    this.name = 'LinkProblem'
  }
}

async function post(body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('/api/account-links', { method: 'POST', headers, body: JSON.stringify(body) }).catch(
    () => null,
  )
  if (answer === null) throw new LinkProblem('The server could not be reached. Try again.', [])
  const said: unknown = await answer.json()
  if (answer.ok) return said
  const problem = problemSchema.safeParse(said)
  throw problem.success
    ? new LinkProblem(problem.data.detail, problem.data.errors)
    : new LinkProblem('It did not work. Try again.', [])
}

/** What the link is for. @throws LinkProblem for one that holds no more. */
export const lookAtLink = async (token: string): Promise<Link> => linkSchema.parse(await post({ act: 'look', token }))

/** Uses it up. @returns the address to sign in with. @throws LinkProblem. */
export async function redeemLink(
  token: string,
  chosen: { password: string; email?: string; name?: string },
): Promise<string> {
  return z.object({ email: z.string() }).parse(await post({ act: 'use', token, ...chosen })).email
}
