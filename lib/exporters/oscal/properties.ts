import { markupText, plainText } from './texts'

/** The namespace of properties that OSCAL itself does not know. */
export const ownNamespace = 'urn:pentarch:oscal'

/** A property of ours. */
export const property = (name: string, value: string, remarks?: string) => ({
  name,
  ns: ownNamespace,
  value: plainText(value),
  ...(remarks !== undefined && { remarks: markupText(remarks) }),
})
