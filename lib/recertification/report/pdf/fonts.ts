import path from 'node:path'
import { Font } from '@react-pdf/renderer'

/** By script, in the order in which a character looks for its glyph. */
const subsets = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const
const weights = [400, 600] as const
const nameOf = (subset: string) => `Inter ${subset}`

/** The font of a PDF: one family for each script. */
export const fontFamily: string[] = subsets.map(nameOf)

let registered = false

/** Makes the fonts known; what is drawn with them is embedded. */
export function registerFonts(): void {
  if (registered) return
  registered = true
  const folder = path.join(
    /* turbopackIgnore: true */ process.cwd(),
    'lib',
    'recertification',
    'report',
    'pdf',
    'fonts',
  )
  for (const subset of subsets) {
    const fonts = weights.map((fontWeight) => ({
      src: path.join(folder, `inter-${subset}-${fontWeight}-normal.woff`),
      fontWeight,
    }))
    Font.register({ family: nameOf(subset), fonts })
  }
  // Slugs are names: they break where the column ends, without a hyphen that is not theirs.
  Font.registerHyphenationCallback((word) => (word.length > 12 ? word.split(/(?<=[-/@:._])/) : [word]))
}
