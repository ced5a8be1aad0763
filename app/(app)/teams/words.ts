const countedMax = 1000

/** "12", "more than 1,000": cells are counted only so far. */
export function cellsText(cells: number): string {
  return cells > countedMax ? `${countedMax.toLocaleString('en')}+` : cells.toLocaleString('en')
}
