import { readFile, writeFile } from 'node:fs/promises'
import type { EstateSize } from './estate/size'
import { type Figure, readable } from './figures'
import type { Machine } from './machine'

const RESULTS = 'bench/results.json'
const PAGE = 'docs/performance.md'
const begin = '<!-- figures: written by npm run bench -->'
const end = '<!-- end of figures -->'

/** What one part of the benchmark came to, and when and where. */
export interface PartResults {
  machine: Machine
  figures: readonly Figure[]
}

interface Results {
  size: EstateSize
  parts: Record<string, PartResults>
}

/**
 * Keeps the figures of the parts that were measured as data, and as tables in the documentation. Parts that were not
 * measured this time keep the figures that they have.
 */
export async function keepResults(
  size: EstateSize,
  measured: Record<string, PartResults>,
  order: readonly string[],
): Promise<void> {
  const kept: Results = JSON.parse(await readFile(RESULTS, 'utf8'))
  const parts = { ...kept.parts, ...measured }
  const ordered = Object.fromEntries(order.flatMap((name) => (parts[name] ? [[name, parts[name]]] : [])))
  const results: Results = { size, parts: ordered }
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`)
  const page = await readFile(PAGE, 'utf8')
  const [before, rest] = page.split(begin)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined)
    throw new Error(`${PAGE} has lost the marks between which the figures stand`)
  await writeFile(PAGE, `${before}${begin}\n\n${pageOf(results)}\n${end}${after}`)
}

/** One line for the terminal. */
export function lineOf(figure: Figure): string {
  const { what, amount, aim } = figure
  const cells = [
    measured(figure),
    amount ?? '',
    compared(figure),
    aim ? `${aim.met ? 'met' : 'MISSED'} ${aim.text}` : '',
  ]
  return `  ${what.padEnd(58)} ${cells.filter((cell) => cell !== '').join('   ')}`
}

function pageOf({ size, parts }: Results): string {
  const count = (value: number) => value.toLocaleString('en')
  const aims = Object.values(parts).flatMap(({ figures }) => figures.flatMap(({ aim }) => aim ?? []))
  const met = aims.filter((aim) => aim.met).length
  return [
    `The estate: ${count(size.agents)} agents, ${count(size.tools)} tools, ${count(size.bindings)} bindings, ${count(size.bindings * 5)} cells, ${count(size.teams)} teams, ${count(size.people)} people, ${count(size.points)} enforcement points.`,
    `Of ${aims.length} aims ${met} are met.`,
    ...Object.entries(parts).flatMap(([name, { machine, figures }]) => [
      ...[...new Set(figures.map(({ section }) => section))].map((section) =>
        tableOf(
          section,
          figures.filter((figure) => figure.section === section),
        ),
      ),
      `\`npm run bench -- --keep ${name}\`, ${machine.date}, commit \`${machine.commit}\`, load ${machine.loadBefore} before the start: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}, PostgreSQL ${machine.postgres} on the same machine.`,
    ]),
  ].join('\n\n')
}

function tableOf(section: string, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, amount, ms, aim } = figure
    const cells = [what, ms ? readable(ms.p50) : (amount ?? ''), ms && ms.runs > 1 ? readable(ms.p95) : '']
    return [
      ...cells,
      ms && amount ? amount : compared(figure),
      aim ? `${aim.text}: ${aim.met ? 'met' : '**missed**'}` : '',
    ]
  })
  const lines = [['', 'median', '95 %', 'beside', 'aim'], ['---', '---:', '---:', '---', '---'], ...rows]
  return [`### ${section}`, '', ...lines.map((cells) => `| ${cells.join(' | ')} |`)].join('\n')
}

const measured = ({ ms }: Figure) => (ms ? `${readable(ms.p50).padStart(8)}  p95 ${readable(ms.p95).padStart(8)}` : '')

const compared = ({ baseline, ratio }: Figure) =>
  baseline && ratio !== undefined ? `${ratio.toFixed(2)}× ${baseline.what} (${readable(baseline.ms.p50)})` : ''
