'use client'

import { type Api, createApi } from '@/lib/http/client'

let held: Api | undefined

/** The REST API as the signed-in person. Throws ApiProblem with what went wrong and how to mend it. */
export const api: Api = (name, input, options) => {
  held ??= createApi({ url: window.location.origin })
  return held(name, input, options)
}
