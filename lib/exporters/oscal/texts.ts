/**
 * Texts in the data types of OSCAL 1.2.1. Whatever people typed becomes a text that the type allows: none of them
 * may be empty, titles and property values have no line breaks, and tokens have few characters.
 */

/** Line terminators, among them those that only Unicode knows. */
const lineBreaks = /[\r\n\u2028\u2029]+/g
const nothing = '(none)'

/** `StringDatatype`: one line that neither begins nor ends with white space. */
export function plainText(text: string): string {
  return text.replace(lineBreaks, ' ').trim() || nothing
}

/** What OSCAL's markup, a subset of CommonMark, would read as formatting, a link, HTML or an insertion. */
const markup = /[\\`*_~^{}[\]<>"]/g

/** `MarkupLineDatatype`: one line that shows what was typed. */
export const markupLine = (text: string): string => plainText(text).replace(markup, '\\$&')

/** `MarkupMultilineDatatype`: paragraphs that show what was typed. */
export const markupText = (text: string): string => (text.trim() || nothing).replace(markup, '\\$&')

/** `TokenDatatype`: begins with a letter or `_`, and goes on with letters, digits, `.`, `-` and `_`. */
export function token(text: string): string {
  const safe = text.replace(/[^\p{L}\p{N}._-]+/gu, '_')
  return /^[\p{L}_]/u.test(safe) ? safe : `_${safe}`
}
