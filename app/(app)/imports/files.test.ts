import { describe, expect, it } from 'vitest'
import { canSend, chosen, sizeText, unfit, withMore } from './files'

const megabyte = 1024 * 1024

/** A file of a size without its bytes. */
function fileOf(name: string, size = 10) {
  const file = new File([], name)
  Object.defineProperty(file, 'size', { value: size })
  return chosen(file)
}

describe('files of an import', () => {
  it('keep their path inside a dropped folder, and the end of a long one', () => {
    expect(chosen(Object.assign(new File([], 'a.yaml'), { path: './estate/a.yaml' })).name).toBe('estate/a.yaml')
    const long = fileOf(`${'x'.repeat(300)}.yaml`).name
    expect(long).toHaveLength(200)
    expect(long.endsWith('.yaml')).toBe(true)
  })

  it('are replaced when chosen again under the same name', () => {
    const files = withMore([fileOf('a.yaml', 1), fileOf('b.yaml')], [fileOf('a.yaml', 2)])
    expect(files.map(({ name, file }) => [name, file.size])).toEqual([
      ['b.yaml', 10],
      ['a.yaml', 2],
    ])
  })

  it('say why they cannot be read', () => {
    expect(unfit(fileOf('a.YAML'), 'estate')).toBeNull()
    expect(unfit(fileOf('a.pdf'), 'csv')).toBe('Not read as Spreadsheet (CSV): such files end in .csv or .tsv')
    expect(unfit(fileOf('a.csv', 21 * megabyte), 'csv')).toBe('Too large: 21.0 MB, at most 20.0 MB a file')
    expect(unfit(fileOf('a.csv', 0), 'csv')).toBe('Empty')
  })

  it('are sent together only when all can be read and they fit one request', () => {
    expect(canSend([], 'csv')).toBe('Choose a file first.')
    expect(canSend([fileOf('a.csv'), fileOf('a.pdf')], 'csv')).toBe('Remove the files that cannot be read.')
    expect(canSend([fileOf('a.csv', 12 * megabyte), fileOf('b.csv', 12 * megabyte)], 'csv')).toContain('24.0 MB')
    expect(canSend([fileOf('a.csv')], 'csv')).toBe(true)
  })

  it('have a size that a person reads', () => {
    expect([sizeText(10), sizeText(2048), sizeText(3.25 * megabyte)]).toEqual(['1 KB', '2 KB', '3.3 MB'])
  })
})
