/**
 * Compares texts by their UTF-8 bytes, which is by code point. JavaScript compares UTF-16 units, where those of a
 * surrogate pair (U+D800 to U+DFFF) come before U+E000 to U+FFFF, and the character they stand for comes after.
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (one !== other) return rank(one) - rank(other)
  }
  return a.length - b.length
}

/** The unit, with surrogates moved behind all others. */
const rank = (unit: number) => (unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000)
