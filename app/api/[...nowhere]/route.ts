import { v7 as uuidv7 } from 'uuid'
import { refusalResponse } from '@/lib/http/problem'
import { notFound } from '@/lib/use-cases/errors'

/** What is asked of the API where there is none is answered as the API answers, and not with a page. */
function nowhere(): Response {
  return refusalResponse(notFound('Such an address'), uuidv7())
}

export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT }
