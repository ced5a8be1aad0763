import { dictionary } from '@zxcvbn-ts/language-common'
import { z } from 'zod'
import { passwordMax } from './password'

const passwordMin = 12

// Lower-cased, as the list is.
const commonPasswords: ReadonlySet<string> = new Set(dictionary['passwords-common'])

/**
 * A password to be chosen: long, and none that attackers try first. No rules on which characters are in it
 * (NIST SP 800-63B-4, section 3.1.1.2; ASVS 6.2.1 to 6.2.5).
 */
export const newPasswordSchema = z
  .string()
  .min(passwordMin, `Take at least ${passwordMin} characters: a few words in a row are easy to keep in mind`)
  .max(passwordMax, `Take at most ${passwordMax} characters`)

/** Why a password must not be taken by whoever has this address, or null when it may. */
export function whyNotPassword(password: string, email: string): string | null {
  const bare = password.trim().toLowerCase()
  if (commonPasswords.has(bare) || commonPasswords.has(coreOf(bare)) || isRepeated(bare))
    return 'This is one of the passwords that attackers try first.'
  const own = [email.toLowerCase(), email.split('@')[0]?.toLowerCase() ?? '', 'pentarch']
  if (own.some((word) => word !== '' && bare.replaceAll(word, '').length <= passwordMin / 2))
    return 'It is little more than your address or the name of this product.'
  return null
}

/** What is left of a password without the digits and marks around it: people make the shortest ones longer by those. */
const coreOf = (text: string): string => text.replace(/^[\d\W_]+|[\d\W_]+$/g, '')

/** Whether it is the same few characters over and over, such as `aaaaaaaaaaaa` or a common password twice. */
function isRepeated(text: string): boolean {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const part = text.slice(0, length)
    if (text.length % length === 0 && part.repeat(text.length / length) === text)
      if (length <= 4 || commonPasswords.has(part)) return true
  }
  return false
}
