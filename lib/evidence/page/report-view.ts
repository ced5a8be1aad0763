import type { Standing, Verdict } from '../verify/verdicts'
import type { Report } from '../verify/verify'

/** A mark beside the word, so that colour never says it alone. */
const marks: Record<Standing, string> = { holds: '✓', partly: '◐', fails: '✕', open: '○' }

/** An element with text or children. Text is only ever set as text: nothing of a bundle becomes markup. */
function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...children)
  return made
}

/** What the page shows of a report: the three verdicts apart, the first failure, and what cannot be known. */
export function reportView(report: Report, name: string): HTMLElement[] {
  const { intact, firstFailure, bundle, integrity, completeness, freshness, unknown } = report
  const headline = intact ? `${name} is intact.` : `${name} does not hold.`
  const tone = intact ? integrity.standing : 'fails'
  return [
    element('p', `headline ${tone}`, `${marks[tone]} ${headline}`),
    ...(firstFailure ? [failureView(firstFailure)] : []),
    ...(bundle ? [factsView(bundle)] : []),
    element(
      'div',
      'verdicts',
      verdictView('Integrity', 'Nothing was changed', integrity),
      verdictView('Completeness', 'Nothing was left out', completeness),
      verdictView('Freshness', 'How old it is, and who saw it', freshness),
    ),
    element('section', 'card', element('h2', '', 'What this cannot know'), list(unknown)),
  ]
}

const list = (texts: readonly string[]) => element('ul', '', ...texts.map((text) => element('li', '', text)))

function verdictView(title: string, question: string, { standing, word, summary, statements }: Verdict): HTMLElement {
  return element(
    'section',
    'card',
    element('h2', '', title),
    element('p', 'hint', question),
    element('p', `standing ${standing}`, `${marks[standing]} ${word}`),
    element('p', '', summary),
    ...(statements.length > 0 ? [list(statements)] : []),
  )
}

function facts(entries: readonly (readonly [string, string | null])[]): HTMLElement {
  const shown = entries.flatMap(([name, value]) =>
    value === null ? [] : [element('dt', '', name), element('dd', '', value)],
  )
  return element('dl', 'facts', ...shown)
}

function failureView({ check, file, line, what, expected, found }: NonNullable<Report['firstFailure']>): HTMLElement {
  return element(
    'section',
    'card failure',
    element('h2', '', 'The first thing that does not hold'),
    element('p', 'fails', what),
    facts([
      ['Check', check],
      ['File', file],
      ['Line', line === null ? null : String(line)],
      ['Expected', expected],
      ['Found', found],
    ]),
  )
}

function factsView({ origin, asOf, askedFor, checkpoint, datasets, key }: NonNullable<Report['bundle']>): HTMLElement {
  return facts([
    ['Log', origin],
    ['State of', asOf],
    ['Asked for', askedFor],
    ['Datasets', datasets.join(', ') || 'none, events only'],
    ['Checkpoint', `${checkpoint.size.toLocaleString('en')} events, root ${checkpoint.root}`],
    ['Key', `${key.id}, ${key.from === 'given' ? 'as you gave it' : 'taken from the bundle'}`],
  ])
}
