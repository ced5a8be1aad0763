import path from 'node:path'
import { Font } from '@react-pdf/renderer'

/** By script, in the order in which a character looks for its glyph. */
const subsets = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const
const weights = [400, 600] as const
const nameOf = (subset: string) => `Inter ${subset}`

/** For scripts that Inter does not have: Arabic, Chinese, and emoji in one ink. */
const others = [
  {
    family: 'Noto Sans Arabic',
    files: { 400: 'noto-sans-arabic-arabic-400-normal', 600: 'noto-sans-arabic-arabic-600-normal' },
  },
  {
    family: 'Noto Sans SC',
    files: { 400: 'noto-sans-sc-chinese-simplified-400-normal', 600: 'noto-sans-sc-chinese-simplified-400-normal' },
  },
  { family: 'Noto Emoji', files: { 400: 'noto-emoji-emoji-400-normal', 600: 'noto-emoji-emoji-400-normal' } },
]

/** The font of a PDF: one family for each script. */
export const fontFamily: string[] = [...subsets.map(nameOf), ...others.map(({ family }) => family)]

let registered = false

/** Makes the fonts known; what is drawn with them is embedded. */
export function registerFonts(): void {
  if (registered) return
  registered = true
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'pdf', 'fonts')
  for (const subset of subsets) {
    const fonts = weights.map((fontWeight) => ({
      src: path.join(folder, `inter-${subset}-${fontWeight}-normal.woff`),
      fontWeight,
    }))
    Font.register({ family: nameOf(subset), fonts })
  }
  for (const { family, files } of others) {
    const fonts = weights.map((fontWeight) => ({ src: path.join(folder, `${files[fontWeight]}.woff`), fontWeight }))
    Font.register({ family, fonts })
  }
  Font.registerHyphenationCallback(breakable)
}

/** After one of these a name may go on on the next line; after so many characters without one, anywhere. */
const piece = /.{1,14}?(?:[-/@:._]|$)|.{1,14}/gu

/** Names break where they have joints. Between two pieces stands an empty one, at which no hyphen is added: it would read as a part of the name. */
function breakable(word: string): string[] {
  const pieces = word.match(piece) ?? [word]
  return pieces.flatMap((part, index) => (index === 0 ? [part] : ['', part]))
}
