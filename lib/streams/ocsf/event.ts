/** Open Cybersecurity Schema Framework: the version whose classes and numbers are used here. */
export const ocsfVersion = '1.8.0'

/** An event of OCSF; what a class asks for besides is checked by the tests. */
export interface OcsfEvent {
  class_uid: number
  category_uid: number
  activity_id: number
  type_uid: number
  severity_id: number
  /** Milliseconds since the epoch. */
  time: number
  time_dt: string
  message: string
  metadata: object
  [attribute: string]: unknown
}

interface Origin {
  id: string
  position: number
  at: Date
  logName: string
  correlation?: string
}

/** An activity of a class by its number, or by its name where the class has no number for it (99, Other). */
export type Activity = number | string

/** What every event has, whatever its class. Ids of categories and types follow from those of class and activity. */
export function ocsfEvent(
  classUid: number,
  activity: Activity,
  severity: number,
  message: string,
  { id, position, at, logName, correlation }: Origin,
): OcsfEvent {
  const activityId = typeof activity === 'number' ? activity : 99
  return {
    class_uid: classUid,
    category_uid: Math.floor(classUid / 1000),
    activity_id: activityId,
    ...(typeof activity === 'string' && { activity_name: activity }),
    type_uid: classUid * 100 + activityId,
    severity_id: severity,
    time: at.getTime(),
    time_dt: at.toISOString(),
    message,
    metadata: {
      version: ocsfVersion,
      product: { name: 'Pentarch', vendor_name: 'Pentarch' },
      profiles: ['datetime'],
      uid: id,
      sequence: position,
      log_name: logName,
      ...(correlation !== undefined && { correlation_uid: correlation }),
    },
  }
}
