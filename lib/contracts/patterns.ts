/**
 * Whether a pattern of a contract covers a text: `*` stands for any text, everything else for itself. Compared piece by
 * piece, never as a regular expression, so that no pattern can take long.
 */
export function covers(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === text
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
