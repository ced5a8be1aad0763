import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'

const folder = path.join(import.meta.dirname, '..', '..', 'lib', 'evidence', 'page')

/** The offline verifier as one HTML file. The same sources give the same text. */
export async function verifyPage(): Promise<string> {
  const [page, style, script] = await Promise.all([
    readFile(path.join(folder, 'page.html'), 'utf8'),
    readFile(path.join(folder, 'style.css'), 'utf8'),
    bundledScript(),
  ])
  // The policy names the only script and the only style that may run, and lets nothing go out or come in.
  const policy = [
    "default-src 'none'",
    `script-src '${digestOf(script)}'`,
    `style-src '${digestOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  // Functions, because a replacement text would give dollar signs a meaning.
  return page
    .replace('__POLICY__', () => policy)
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`)
}

const digestOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`

async function bundledScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, 'main.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
  })
  const script = outputFiles[0]?.text
  if (script === undefined) throw new Error('Nothing was bundled')
  // Inside a script element, this would end it.
  if (/<\/script|<!--/i.test(script)) throw new Error('The script cannot stand inside an HTML page')
  return script.trim()
}
