const pattern = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const unitSeconds = [86_400, 3_600, 60, 1] as const

/** The seconds of an ISO 8601 duration in days, hours, minutes and seconds. @throws RangeError for any other text. */
export function durationSeconds(duration: string): number {
  const parts = pattern.exec(duration)?.slice(1)
  if (!parts) throw new RangeError(`Not a duration such as PT15M or P1D: ${duration}`)
  return unitSeconds.reduce((sum, seconds, index) => sum + seconds * Number(parts[index] ?? 0), 0)
}
