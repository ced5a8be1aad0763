import { readFile } from 'node:fs/promises'
import path from 'node:path'

export const dynamic = 'force-dynamic'

/** The only files that can be asked for. */
const types = new Map([
  ['swagger-ui.css', 'text/css'],
  ['swagger-ui-bundle.js', 'text/javascript'],
])

/** What the reference page is made of, from the installed package and never from another origin. */
export async function GET(_: Request, { params }: { params: Promise<{ asset: string }> }): Promise<Response> {
  const { asset: name } = await params
  const type = types.get(name)
  if (!type) return new Response('There is no such file.', { status: 404 })
  const body = await readFile(
    path.join(/* turbopackIgnore: true */ process.cwd(), 'node_modules', 'swagger-ui-dist', name),
  )
  return new Response(new Uint8Array(body), {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'public, max-age=3600' },
  })
}
