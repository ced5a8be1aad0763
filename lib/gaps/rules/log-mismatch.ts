import { findingOf, type Rule } from '../rule'
import { count } from '../wording'

/** The audit tables are not what the transparency log says they are. */
export const logMismatch: Rule = {
  id: 'log-mismatch',
  title: 'The audit log is not what was logged',
  placedOn: ['log'],
  severityByRisk: { low: 'critical', medium: 'critical', high: 'critical', critical: 'critical' },
  when: 'The last verification of the transparency log found an event that was changed, taken away or put in past the log.',
  why: 'All evidence rests on the log. Where the tables say otherwise, somebody has written to the database past Pentarch, and nobody knows yet what else they touched.',
  fix: 'Keep the database as it is, compare it with the checkpoints that witnesses hold, find out who had access to it, and bring back what was there. The gap resolves when a verification finds nothing any more.',
  evaluate(subject, { log }) {
    if (log?.id !== subject.id || log.findings === 0) return []
    const first = log.first === null ? '' : ` The first: ${log.first}.`
    const explanation = `The last verification found ${count(log.findings, 'place')} where the audit log is not what was logged.${first}`
    return [findingOf(logMismatch, { subject, layer: null, bindings: [], explanation })]
  },
}
