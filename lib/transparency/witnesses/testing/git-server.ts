import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A real git server on loopback: `git http-backend` behind HTTP, with a user name and a token. */
export interface GitServer {
  /** Makes an empty repository and gives its address. */
  repository(name: string): Promise<string>
  /** Runs git in a repository, as whoever operates the server may. */
  git(name: string, ...args: string[]): Promise<string>
  /** Puts a commit with one file on top of a branch, as somebody else may. */
  commit(name: string, branch: string, file: string, text: string): Promise<void>
  close(): Promise<void>
}

export const gitCredential = { user: 'pentarch', token: 'a-token-of-the-tests' }

/** Git as it is without anybody's own settings. */
const plainGit = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }

const somebody = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'Somebody'],
    [`GIT_${role}_EMAIL`, 'somebody@example.com'],
  ]),
)

export async function startGitServer(): Promise<GitServer> {
  const root = await mkdtemp(path.join(tmpdir(), 'pentarch-git-'))
  const server = createServer((request, response) => serve(root, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('It has no port')
  const at = (name: string) => path.join(root, `${name}.git`)
  return {
    async repository(name) {
      await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', at(name)], { env: plainGit })
      return `http://127.0.0.1:${address.port}/${name}.git`
    },
    async git(name, ...args) {
      return (await run('git', ['-C', at(name), ...args], { env: plainGit })).stdout
    },
    async commit(name, branch, file, text) {
      const work = await mkdtemp(path.join(root, 'work-'))
      const git = (...args: string[]) => run('git', ['-C', work, ...args], { env: { ...plainGit, ...somebody } })
      await git('clone', '--quiet', at(name), '.')
      await git('checkout', '--quiet', '-B', branch)
      await writeFile(path.join(work, file), text)
      await git('add', file)
      await git('commit', '--quiet', '--message', `Write ${file}`)
      await git('push', '--quiet', 'origin', branch)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(root, { recursive: true })
    },
  }
}

const expected = `Basic ${Buffer.from(`${gitCredential.user}:${gitCredential.token}`).toString('base64')}`

/** One request by the Common Gateway Interface (RFC 3875), as git-http-backend has it. */
function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization !== expected) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
    return
  }
  const url = new URL(request.url ?? '/', 'http://localhost')
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...plainGit,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: request.headers['content-length'] ?? '',
      REMOTE_USER: gitCredential.user,
      ...(request.headers['git-protocol'] && { GIT_PROTOCOL: String(request.headers['git-protocol']) }),
    },
  })
  request.pipe(backend.stdin)
  const chunks: Buffer[] = []
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  backend.on('close', () => {
    const answer = Buffer.concat(chunks)
    const end = answer.indexOf('\r\n\r\n')
    const headers = answer
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => line.split(/:\s*/, 2) as [string, string])
    const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200'
    response.writeHead(Number.parseInt(status, 10), Object.fromEntries(headers)).end(answer.subarray(end + 4))
  })
}
