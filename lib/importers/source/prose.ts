import type { Collector, Origin } from './collector'
import type { Path } from './document'

const proseCharactersMax = 4000
/** Control characters, those that are not seen but change how text reads, and halves of characters; what `proseSchema` refuses. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu

/**
 * A description from a source nobody here wrote: kept as data, without unseen characters and no longer than the registry
 * holds, with a warning where that changed it. Names and slugs are never mended like this.
 */
export function proseFrom(value: unknown, collector: Collector, origin: Origin, path: Path): string | undefined {
  if (typeof value !== 'string') return undefined
  const seen = value.replace(unseen, '')
  if (seen.length < value.length)
    collector.warning(
      origin,
      path,
      `Contains ${value.length - seen.length} control or invisible characters; they are left out`,
    )
  let text = seen.trim()
  if (text.length > proseCharactersMax) {
    collector.warning(origin, path, `Has ${text.length} characters; only the first ${proseCharactersMax} are kept`)
    text = `${text
      .slice(0, proseCharactersMax - 1)
      .replace(/[\ud800-\udbff]$/, '')
      .trimEnd()}…`
  }
  return text === '' ? undefined : text
}
