import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import type { Teardown } from './teardown'
import { bin, findOnPath, runTool } from './tools'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** Path of a Chromium that runs on this machine, installed the way the machine allows when there is none. */
export async function findChromium(teardown: Teardown): Promise<string> {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (!runs(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not run`)
    return named
  }
  const found = findInstalled()
  if (found) return found
  const said = await install(teardown)
  const installed = findInstalled()
  if (installed) return installed
  throw new Error(
    `End-to-end tests need Chromium, and none was found or could be installed. Install chromium or Google Chrome, or set CHROMIUM_PATH.\n${said}`,
  )
}

function findInstalled(): string | undefined {
  return [findOnPath(NAMES), MAC, chromium.executablePath()].find((file) => file !== undefined && runs(file))
}

/** Some systems have a `chromium` that only says how to install one: being there is not enough. */
function runs(file: string): boolean {
  return existsSync(file) && spawnSync(file, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0
}

async function install(teardown: Teardown): Promise<string> {
  console.log('Installing Chromium …')
  const attempts: [string, string[]][] =
    process.getuid?.() === 0 && findOnPath(['apt-get'])
      ? [
          ['apt-get', ['update']],
          ['apt-get', ['install', '-y', '--no-install-recommends', 'chromium']],
        ]
      : [[process.execPath, [bin('playwright'), 'install', 'chromium']]]
  const said: string[] = []
  for (const [command, args] of attempts) {
    const { code, output } = await runTool(teardown, command, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
    if (code !== 0) said.push(output.slice(-2_000))
  }
  return said.join('\n')
}
