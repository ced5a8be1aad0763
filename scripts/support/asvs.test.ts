import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const statuses = ['met', 'partly', 'not yet', 'operator', 'not applicable']
const lines = readFileSync('docs/asvs.md', 'utf8').split('\n')

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

/** The lines below a heading, up to the next. */
function below(heading: string): string[] {
  const start = lines.indexOf(`## ${heading}`)
  if (start < 0) throw new Error(`There is no heading "${heading}"`)
  const end = lines.findIndex((line, at) => at > start && line.startsWith('## '))
  return lines.slice(start + 1, end < 0 ? undefined : end)
}

const rows = lines
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => {
    const cells = cellsOf(line)
    const [id = '', level = '', asks = '', status = '', how = '', shownBy = ''] = cells
    return { id, level, asks, status, how, files: shownBy.split(', '), columns: cells.length }
  })

const placeOf = (id: string) => id.slice(1).split('.').map(Number)

describe('docs/asvs.md', () => {
  it('has for each requirement what it asks, a status, a word on it and what shows it', () => {
    expect(rows.length).toBeGreaterThan(200)
    for (const { id, level, asks, status, how, columns } of rows) {
      expect(columns, id).toBe(6)
      expect(id).toMatch(/^V\d+\.\d+\.\d+$/)
      expect(level, id).toMatch(/^L[12]$/)
      expect(statuses, id).toContain(status)
      expect(asks, id).not.toBe('')
      expect(how, id).not.toBe('')
    }
  })

  it('has each requirement once, in the order of the standard, in its chapter', () => {
    const ids = rows.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const sorted = ids.toSorted((a, b) => {
      const [first, second] = [placeOf(a), placeOf(b)]
      const at = first.findIndex((part, index) => part !== second[index])
      return (first[at] ?? 0) - (second[at] ?? 0)
    })
    expect(ids).toEqual(sorted)
    let chapter = ''
    for (const line of lines) {
      chapter = /^## (V\d+) /.exec(line)?.[1] ?? chapter
      const id = /^\| (V\d+)\./.exec(line)?.[1]
      if (id) expect(id).toBe(chapter)
    }
  })

  it('names files that are there', () => {
    for (const { id, files } of rows) {
      for (const file of files) {
        const path = /^`([^`]+)`$/.exec(file)?.[1]
        expect(path, `${id}: ${file}`).toBeDefined()
        expect(existsSync(path ?? ''), `${id}: ${file}`).toBe(true)
      }
    }
  })

  it('has a summary that adds up', () => {
    const counted = [...statuses, 'all'].map((status) => {
      const these = rows.filter((row) => status === 'all' || row.status === status)
      const ofLevel = (level: string) => String(these.filter((row) => row.level === level).length)
      return [status, ofLevel('L1'), ofLevel('L2'), String(these.length)]
    })
    const said = below('Summary')
      .filter((line) => /^\| [a-z]/.test(line))
      .map(cellsOf)
    expect(said).toEqual(counted)
  })

  it.each([
    ['Not yet', 'not yet'],
    ['Partly', 'partly'],
  ])('lists under "%s" what has that status, and nothing else', (heading, status) => {
    const listed = below(heading).flatMap((line) => {
      const [, id, level] = /^- \*\*(V[\d.]+)\*\* \((L\d)\): ./.exec(line) ?? []
      return id && level ? [`${id} ${level}`] : []
    })
    expect(listed).toEqual(rows.filter((row) => row.status === status).map(({ id, level }) => `${id} ${level}`))
  })
})
