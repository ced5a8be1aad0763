import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { fieldOf, type SourceDocument } from '@/lib/importers/source/document'
import { parseJson } from '@/lib/importers/source/json'
import { defineQuery } from '@/lib/use-cases/define'
import { charactersMax } from './bounds'
import { canonicalText } from './canonical'
import { limitsDigest } from './digest'
import { type Limits, limitsSchema } from './model'
import { type Remark, remarksOn } from './remarks'

const problemsMax = 100

export interface DocumentProblem {
  /** As `limits.vectors[3].resource.id`; the document itself is `limits`. */
  field: string
  line: number | null
  message: string
}

export type CheckedDocument =
  | { valid: true; limits: Limits; canonical: string; digest: string; remarks: Remark[] }
  | { valid: false; errors: DocumentProblem[] }

const refused = (line: number | null, message: string): CheckedDocument => ({
  valid: false,
  errors: [{ field: 'limits', line, message }],
})

function problemsOf(error: z.ZodError, { lineOf }: SourceDocument): DocumentProblem[] {
  return error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'Unknown key' }))
        : [{ path: issue.path, message: issue.message }],
    )
    .slice(0, problemsMax)
    .map(({ path, message }) => ({ field: fieldOf(['limits', ...path]) ?? 'limits', line: lineOf(path), message }))
}

/** Reads a contract's document as somebody wrote it: what is wrong with each line, or its canonical form and digest. */
export function checkDocument(text: string): CheckedDocument {
  // Twice, because whitespace does not count in the document itself.
  if (text.length > charactersMax * 2)
    return refused(
      null,
      `The document has ${text.length.toLocaleString('en')} characters; a contract states limits, not data`,
    )
  const document = parseJson(text)
  if (!document.ok) {
    const [fault] = document.faults
    return refused(fault?.line ?? null, fault?.message ?? 'Not valid JSON')
  }
  const parsed = limitsSchema.safeParse(document.value.value)
  if (!parsed.success) return { valid: false, errors: problemsOf(parsed.error, document.value) }
  const limits = parsed.data
  return {
    ...{ valid: true, limits, canonical: canonicalText(limits) },
    ...{ digest: limitsDigest(toJson(limits)), remarks: remarksOn(limits) },
  }
}

const checkContract = defineQuery({
  name: 'contracts.check',
  summary: 'Check a contract’s document and answer its canonical form and digest; keeps nothing',
  method: 'POST',
  path: '/contracts/check',
  input: z.strictObject({ document: z.string().describe('The document as JSON text') }),
  output: z.object({
    valid: z.boolean(),
    errors: z.array(z.object({ field: z.string(), line: z.number().int().nullable(), message: z.string() })),
    canonical: z.string().nullable(),
    digest: z.string().nullable(),
    remarks: z.array(z.object({ field: z.string(), text: z.string() })),
  }),
  async handler(_context, { document }) {
    const checked = checkDocument(document)
    if (!checked.valid) return { ...checked, canonical: null, digest: null, remarks: [] }
    const { canonical, digest, remarks } = checked
    return { valid: true, errors: [], canonical, digest, remarks }
  },
})

export const contractChecks = { 'contracts.check': checkContract }
