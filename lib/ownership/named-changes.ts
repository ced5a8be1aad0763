import type { AuditChange, Json } from '@/lib/audit/model'

/** What naming owners did to each assignment: those that are new, and those that ended for them. */
export const namedChanges = (
  created: readonly { id: string; [field: string]: Json | undefined }[],
  ended: readonly string[],
): AuditChange[] => [
  ...ended.map((subjectId) => ({ subjectType: 'assignment', subjectId, after: { state: 'ended' } })),
  ...created.map(({ id: subjectId, ...fields }) => ({
    subjectType: 'assignment',
    subjectId,
    after: JSON.parse(JSON.stringify(fields)) as Json,
  })),
]
