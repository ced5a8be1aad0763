'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { api } from '@/components/api'
import { ApiProblem } from '@/lib/http/client'
import type { ImportKind } from '@/lib/importers/model'
import { urls } from '@/lib/urls'
import { type ChosenFile, encoded, withMore } from './files'
import type { Report } from './words'

/** What the files would change. The key belongs to this preview: applying it twice by accident applies it once. */
interface Preview {
  report: Report
  idempotencyKey: string
}

const sentenceOf = (error: unknown) => {
  if (error instanceof ApiProblem) {
    const { code, detail, fix, requestId } = error.problem
    return `${detail} ${fix}${code === 'internal' ? ` Request id: ${requestId}` : ''}`
  }
  if (error instanceof TypeError) return 'The server cannot be reached. Your files are still here; try again.'
  return error instanceof Error ? error.message : 'It did not work. Try again.'
}

/** One import from choosing files to applying them. Whatever fails, the files and the reason stay. */
export function useImport() {
  const router = useRouter()
  const [kind, setKind] = useState<ImportKind>('estate')
  const [files, setFiles] = useState<ChosenFile[]>([])
  const [preview, setPreview] = useState<Preview | null>(null)
  const [running, setRunning] = useState<'preview' | 'apply' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  const input = async () => ({ kind, files: await Promise.all(files.map(encoded)) })

  async function attempt(what: 'preview' | 'apply', act: (signal: AbortSignal) => Promise<void>) {
    const controller = new AbortController()
    stop.current = controller
    setRunning(what)
    setProblem(null)
    try {
      await act(controller.signal)
    } catch (error) {
      if (!controller.signal.aborted) setProblem(sentenceOf(error))
    } finally {
      setRunning(null)
    }
  }

  /** Other files or another kind: what was shown is not what would happen any more. */
  function changed() {
    setPreview(null)
    setProblem(null)
  }

  async function look(signal: AbortSignal) {
    setPreview({ report: await api('imports.preview', await input(), { signal }), idempotencyKey: uuidv7() })
  }

  async function write(reason: string) {
    if (!preview) return
    const { idempotencyKey } = preview
    try {
      const { id } = await api('imports.apply', { ...(await input()), ...(reason && { reason }) }, { idempotencyKey })
      router.push(urls.importRun(id))
      router.refresh()
    } catch (error) {
      // The registry has moved since the preview; what stands in the way now is shown at its place.
      if (error instanceof ApiProblem && error.problem.code === 'invalid_input') {
        await look(AbortSignal.timeout(120_000))
      }
      throw error
    }
  }

  return {
    kind,
    files,
    report: preview?.report ?? null,
    running,
    problem,
    choose(next: ImportKind) {
      setKind(next)
      changed()
    },
    add(more: ChosenFile[]) {
      setFiles(withMore(files, more))
      changed()
    },
    remove(name: string) {
      setFiles(files.filter((file) => file.name !== name))
      changed()
    },
    preview: () => attempt('preview', look),
    apply: (reason: string) => attempt('apply', () => write(reason)),
    stop: () => stop.current?.abort(),
  }
}
