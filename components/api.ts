'use client'

import { type Api, ApiProblem, createApi } from '@/lib/http/client'
import { confirmIdentity } from './confirm/ask'

let held: Api | undefined

/**
 * The REST API as the signed-in person. Throws ApiProblem with what went wrong and how to mend it. What asks the person to
 * show once more that it is them does so in a dialog, and goes on once they did.
 */
export const api: Api = async (name, input, options) => {
  held ??= createApi({ url: window.location.origin })
  try {
    return await held(name, input, options)
  } catch (error) {
    const asksWho = error instanceof ApiProblem && error.problem.code === 'reauthenticate'
    if (!asksWho || !(await confirmIdentity())) throw error
    return await held(name, input, options)
  }
}
