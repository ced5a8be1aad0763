import 'server-only'
import { cookies, headers } from 'next/headers'
import { forbidden, notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '@/lib/access/model'
import { mayRun, type PermissionName } from '@/lib/access/permissions'
import { sessionActor } from '@/lib/access/session'
import { database } from '@/lib/db/client'
import { asOfCookie, readInstant } from '@/lib/history/model'
import { currentTime } from '@/lib/time/clock'
import { urls } from '@/lib/urls'
import { useCases } from '@/lib/use-cases/catalog'
import type { UseCase } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import type { InputOf, OperationName, OutputOf } from './client'
import { cookieName } from './cookies'
import { requestedPathHeader } from './requested-path'

/** The signed-in actor of this page request, looked up once; sends everybody else to sign in, and from there back here. */
export const pageActor = cache(async (): Promise<Actor> => {
  const actor = await sessionActor()
  if (!actor) redirect(urls.signIn((await headers()).get(requestedPathHeader) ?? undefined))
  return actor
})

/** The instant that the pages of this session look at; null for the present. */
export const pageAsOf = cache(async (): Promise<Date | null> => {
  const chosen = (await cookies()).get(cookieName(asOfCookie))?.value
  return chosen === undefined ? null : readInstant(chosen, currentTime())
})

/** Runs a query. What is not there is the not-found page, and what is for others the page that says so. */
type Read = <Name extends OperationName>(name: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>

const readAs =
  (actor: Actor, asOf: Date | null): Read =>
  async <Name extends OperationName>(name: Name, input: InputOf<Name>) => {
    const useCase: UseCase = useCases[name]
    try {
      const output = await runUseCase(useCase, input, {
        database: database(),
        actor,
        now: currentTime(),
        newId: uuidv7,
        requestId: uuidv7(),
        ...(asOf && { asOf }),
      })
      return output as OutputOf<Name>
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_found') notFound()
      if (error instanceof DomainError && error.code === 'forbidden') forbidden()
      throw error
    }
  }

/** Runs queries for an answer that goes on after its beginning was sent, when who asks cannot be looked up any more. */
export const reader = async (): Promise<Read> => readAs(await pageActor(), await pageAsOf())

/** Runs a query for a server component as the signed-in actor. */
export const read: Read = async (name, input) => await (await reader())(name, input)

/** For buttons: `true`, or why the signed-in actor may not do it. */
export async function pageMay(name: PermissionName): Promise<true | string> {
  return mayRun(name, { ...(await pageActor()), looksBack: (await pageAsOf()) !== null })
}
