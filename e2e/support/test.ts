import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { type Api, createApi } from '@/lib/http/client'
import { baseUrl, commandLineToken, sessionOf, type Who } from './accounts'
import { listenForNoise, type Noise } from './noise'
import { keepFresh } from './sign-in'

interface Fixtures {
  /** Whose session `page` has; null for nobody's. */
  who: Who | null
  /** Opens a page of its own for somebody else, or for nobody. */
  as: (who: Who | null) => Promise<Page>
  /** Allows complaints of the browser that the test provokes. */
  noise: Noise
  /** The API as the governance lead, to arrange what a journey starts from and to look at what it left. */
  api: Api
  /** A word for names that no other test uses. */
  unique: string
}

/** As Playwright's, with sessions, and failing whenever a page complains on the console or asks another origin. */
export const test = base.extend<Fixtures>({
  who: ['farid', { option: true }],
  noise: [
    async ({ baseURL }, use) => {
      const noise = listenForNoise(new URL(baseURL ?? baseUrl()).origin)
      await use(noise)
      expect(noise.unexpected(), 'complaints of the browser, and requests to other origins').toEqual([])
    },
    { auto: true },
  ],
  storageState: async ({ who }, use) => {
    if (who !== null) await keepFresh(who)
    await use(sessionOf(who))
  },
  context: async ({ context, noise }, use) => {
    noise.listenTo(context)
    await use(context)
  },
  as: async ({ browser, contextOptions, noise }, use) => {
    const opened: Page[] = []
    await use(async (who) => {
      const page = await openAs(browser, contextOptions, who)
      noise.listenTo(page.context())
      opened.push(page)
      return page
    })
    for (const page of opened) await page.context().close()
  },
  api: async ({ baseURL }, use) => {
    await use(createApi({ url: baseURL ?? baseUrl(), headers: { authorization: `Bearer ${commandLineToken()}` } }))
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  unique: async ({}, use, { testId, retry, repeatEachIndex }) => {
    // The clock, for a database that several runs share.
    await use(`${testId.slice(-5)}${retry}${repeatEachIndex}${Date.now().toString(36).slice(-5)}`)
  },
})

async function openAs(browser: Browser, options: BrowserContextOptions, who: Who | null): Promise<Page> {
  if (who !== null) await keepFresh(who)
  const context = await browser.newContext({
    ...options,
    baseURL: baseUrl(),
    storageState: sessionOf(who),
  })
  return await context.newPage()
}

export { expect }
