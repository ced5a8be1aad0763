import type { StreamItem } from '../model'
import { ocsfOfAudit } from './audit'
import type { OcsfEvent } from './event'
import { ocsfOfGap } from './gap'

/** What happened as an event of OCSF. */
export const ocsfOf = (item: StreamItem): OcsfEvent => (item.kind === 'audit' ? ocsfOfAudit(item) : ocsfOfGap(item))
