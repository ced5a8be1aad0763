import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBundle, testLog } from '@/lib/evidence/testing/bundle'
import { otherSigner, signer, witness } from '@/lib/evidence/testing/log'
import { formatVerifierKey } from '@/lib/transparency/verifier-key'
import { run } from '../testing'

let folder: string
const key = formatVerifierKey(signer.key)

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-verify-'))
  const bundle = await testBundle({ at: { since: 12, isWitnessed: true } })
  const touched = Uint8Array.from(bundle)
  touched[5000] = (touched[5000] ?? 0) ^ 1
  await writeFile(path.join(folder, 'good.zip'), bundle)
  await writeFile(path.join(folder, 'touched.zip'), touched)
  await writeFile(path.join(folder, 'keys.txt'), `${formatVerifierKey(otherSigner.key)}\n${key}\n`)
  await writeFile(path.join(folder, 'kept.txt'), testLog().noteAt(12))
})
afterAll(() => rm(folder, { recursive: true }))

const verify = (...args: string[]) => run(['verify', ...args], { folder })

describe('pentarch verify', () => {
  it('says of each verdict how it stands, and ends well', async () => {
    const { code, stdout, stderr } = await verify('good.zip', '--key', key)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Integrity: unchanged\./m)
    expect(stdout).toMatch(/^Completeness: whole\./m)
    expect(stdout).toMatch(/^Freshness: not witnessed\./m)
    expect(stdout).toMatch(/^What this cannot know$/m)
  })

  it('takes keys from a file, witnesses, and an earlier checkpoint', async () => {
    const all = ['--key', 'keys.txt', '--witness', formatVerifierKey(witness.key), '--checkpoint', 'kept.txt']
    const { code, stdout } = await verify('good.zip', ...all)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Freshness: witnessed\./m)
    expect(stdout).toContain('since the checkpoint that you hold (12 events)')
  })

  it("says when the key is the bundle's own", async () => {
    const { code, stdout } = await verify('good.zip')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Integrity: unchanged, by its own key\./m)
    expect(stdout).toContain('give the published one with --key')
  })

  it('ends with 1 and names the first thing that does not hold', async () => {
    const { code, stdout } = await verify('touched.zip', '--key', key)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^First thing that does not hold \(files\) in index\.html:$/m)
    const json = await verify('touched.zip', '--key', key, '--format', 'json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({
      intact: false,
      firstFailure: { check: 'files', file: 'index.html' },
    })
    expect((await verify('keys.txt')).code).toBe(1)
  })

  it('refuses a key that is none, and a file that is not there', async () => {
    expect(await verify('good.zip', '--key', 'a+b+c')).toMatchObject({ code: 2, stdout: '' })
    expect(await verify('good.zip', '--key', 'missing.txt')).toMatchObject({ code: 2, stdout: '' })
    expect(await verify('missing.zip')).toMatchObject({ code: 2, stdout: '' })
    expect(await verify('.')).toMatchObject({ code: 2, stdout: '' })
  })
})
