import { readFileSync } from 'node:fs'
import { z } from 'zod'

const millisecondsSchema = z.coerce.number().int()

/**
 * The present. End-to-end tests turn it forward: PENTARCH_TEST_CLOCK then names a file that holds by how many
 * milliseconds. `npm start` refuses that setting.
 */
export function currentTime(): Date {
  const file = process.env.PENTARCH_TEST_CLOCK
  return new Date(Date.now() + (file ? millisecondsSchema.parse(readFileSync(file, 'utf8')) : 0))
}
