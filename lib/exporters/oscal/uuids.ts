import { v5 } from 'uuid'

/** The namespace of all names below. Changing it would make every object of every document a new one. */
const namespace = 'b1d7a2e4-6c1f-5f0a-9d53-2e8f4c7a9b60'

/** What is named in a document. */
type Named =
  | 'activity'
  | 'actor'
  | 'assessment-plan'
  | 'assessment-platform'
  | 'campaign'
  | 'catalog'
  | 'component'
  | 'document'
  | 'finding'
  | 'gap-event'
  | 'milestone'
  | 'observation'
  | 'party'
  | 'poam-item'
  | 'response'
  | 'result'
  | 'risk'

/**
 * The UUID of something in a document: version 5 (RFC 9562), made from what it is and its own id, so that the next
 * document names the same thing in the same way. (Our own ids are of version 7, which OSCAL does not take.)
 */
export const uuidOf = (named: Named, id: string): string => v5(`${named}:${id}`, namespace)
