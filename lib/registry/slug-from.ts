import slugify from '@sindresorhus/slugify'
import { slugSchema } from './model'

/** A slug for a name, the same one every time: `Support Bot (EU)` → `support-bot-eu`. Nothing when the name has no letter or digit to make one of. */
export function slugFrom(name: string): string | undefined {
  const slug = slugify(name, { decamelize: false, preserveCharacters: ['.'] })
    .replace(/[-._]{2,}/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
  return /^[a-z0-9._-]+$/.test(slug) ? slug : undefined
}

/** Whether the text is a slug as it stands. */
export function isSlug(text: string): boolean {
  return slugSchema.safeParse(text).success
}
