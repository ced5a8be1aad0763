import type { Manifest } from '../model'
import { cellText, type WrittenRows } from './rows'
import type { SpooledFile } from './spool'

interface PageContents extends Omit<Manifest, 'files'> {
  keyText: string
  rows: readonly WrittenRows[]
  events: number
  files: readonly SpooledFile[]
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#d5d9de, #3a3f45); --soft: light-dark(#5b6570, #a3abb3); }
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.frame { overflow-x: auto; } table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
td { max-width: 24rem; overflow-wrap: anywhere; } th { color: var(--soft); font-weight: 600; white-space: nowrap; } code, pre { font-size: 12px; overflow-wrap: anywhere; white-space: pre-wrap; }
`

/** index.html of a bundle: what is in it, in words and tables, for whoever opens it. No scripts, nothing from elsewhere. */
export function indexPage(contents: PageContents): string {
  const { origin, checkpoint, request, asOf, keyText, rows, events, files } = contents
  const filter = Object.entries(request.filter).map(([name, value]) => `${name} = ${value}`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evidence from ${text(origin)}, as of ${text(asOf)}</title>
<style>${style}</style>
</head>
<body>
<h1>Evidence bundle</h1>
<p>Who owns which control layer of which agent and tool, as the log of ${text(origin)} recorded it at ${text(asOf)}. This page is for reading; the proof is in the files beside it.</p>
<dl>
${fact('Log', origin)}
${fact('State of', asOf)}
${fact('Asked for', request.asOf ?? 'the newest state')}
${fact('Datasets', request.datasets.join(', ') || 'none')}
${fact('Filter', filter.join(', ') || 'none: all rows')}
${fact('Period of events', request.period ? `${request.period.from} until before ${request.period.to}` : 'none')}
${fact('Events', events.toLocaleString('en'))}
${fact('Checkpoint', `${checkpoint.size.toLocaleString('en')} events, root ${checkpoint.root}`)}
${fact('History proved from', request.since === null ? 'no earlier checkpoint' : `${request.since.toLocaleString('en')} events`)}
${fact('Key', keyText)}
</dl>
<h2>How to verify it</h2>
<p>Get the key of the log from where it is published, not from here. Then, without a network:</p>
<ul>
<li>open the verifier page (verify.html, a single file) in a browser and drop the bundle on it, or</li>
<li>run <code>pentarch verify BUNDLE.zip --key KEY</code>, or</li>
<li>follow docs/evidence.md, which describes every file and check, with the tools that a computer has.</li>
</ul>
${rows.map(rowsSection).join('\n')}
<h2>Files</h2>
<div class="frame" role="region" aria-label="Files" tabindex="0"><table>
<thead><tr><th scope="col">File</th><th scope="col">Bytes</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
${files.map(({ name, size, sha256 }) => `<tr><td>${text(name)}</td><td>${size.toLocaleString('en')}</td><td><code>${sha256}</code></td></tr>`).join('\n')}
</tbody>
</table></div>
</body>
</html>
`
}

const text = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const fact = (name: string, value: string) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`

function rowsSection({ dataset, count, of, shown }: WrittenRows): string {
  const { title, description, columns } = dataset
  const amount =
    count === of
      ? `The whole population: ${count.toLocaleString('en')} of ${of.toLocaleString('en')} rows.`
      : `A part: ${count.toLocaleString('en')} of ${of.toLocaleString('en')} rows, each with its proof.`
  const more = count > shown.length ? ` The first ${shown.length} are shown here; all are in the file.` : ''
  const head = `<h2>${text(title)}</h2>\n<p>${text(description)}. ${amount}${more}</p>`
  if (shown.length === 0) return head
  const body = shown.map((row) => `<tr>${columns.map(({ id }) => `<td>${text(cellText(row[id]))}</td>`).join('')}</tr>`)
  return `${head}
<div class="frame" role="region" aria-label="${text(title)}" tabindex="0"><table>
<thead><tr>${columns.map((column) => `<th scope="col">${text(column.title)}</th>`).join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`
}
