import { expect, type Locator, type Page } from '@playwright/test'
import { type LayerId, layerOf } from '@/lib/layers'

/** The matrix as a reader sees it. */
export const matrixOn = (page: Page) => {
  const grid = page.getByRole('grid')
  const row = (name: string) => grid.getByRole('row').filter({ hasText: name })
  return {
    grid,
    row,
    /** The cell of a layer in the row that names `name`. */
    async cell(name: string, layer: LayerId): Promise<Locator> {
      await expect(row(name)).toBeVisible()
      const titles = await grid.getByRole('columnheader').allTextContents()
      const column = titles.findIndex((title) => title.includes(layerOf(layer).title))
      // The first column is the row's header, and no cell.
      return row(name)
        .getByRole('gridcell')
        .nth(column - 1)
    },
    /** The chips that count the cells of a layer by how they stand. */
    counts: (layer: LayerId) =>
      page
        .getByRole('region', { name: 'Cells by layer and state' })
        .getByRole('list')
        .nth(['identity', 'entitlement', 'privilege', 'enforcement', 'monitoring'].indexOf(layer)),
  }
}

/** Fills in the dialog that names an owner, and sends it. */
export async function assignTo(page: Page, team: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Team' }).fill(team)
  await page.getByRole('option', { name: team, exact: true }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
  await dialog.getByRole('button', { name: 'Assign' }).click()
}
