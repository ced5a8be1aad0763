import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { takeSecretsFromFiles } from './secret-files'

const folder = mkdtempSync(path.join(tmpdir(), 'pentarch-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a secret may stand in a file, with the line feed that editors leave', () => {
  const file = path.join(folder, 'url')
  writeFileSync(file, 'postgres://pentarch:secret@database/pentarch\n')
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'test', DATABASE_URL_FILE: file }
  takeSecretsFromFiles(env)
  expect(env).toEqual({ NODE_ENV: 'test', DATABASE_URL: 'postgres://pentarch:secret@database/pentarch' })
})

it('a file that is not there, and a secret given twice, are refused by name', () => {
  const NEXTAUTH_SECRET_FILE = path.join(folder, 'nothing')
  const take = (more: Record<string, string>) => () =>
    takeSecretsFromFiles({ NODE_ENV: 'test', NEXTAUTH_SECRET_FILE, ...more })
  expect(take({})).toThrow(/NEXTAUTH_SECRET_FILE names/)
  expect(take({ NEXTAUTH_SECRET: 'x' })).toThrow(/both set/)
})
