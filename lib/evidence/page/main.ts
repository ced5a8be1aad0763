import './no-evaluation'

import { asCosigner, NoteError, parseVerifierKey, type VerifierKey } from '@/lib/transparency/verifier-key'
import { portableDigests } from '../digests'
import type { Source } from '../source'
import { verifyBundle } from '../verify/verify'
import { reportView } from './report-view'

/** The script of verify.html: takes a bundle and what is trusted, and shows what the verification comes to. */

function required<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`The page has no ${id}`)
}

const form = required('form', HTMLFormElement)
const input = required('file', HTMLInputElement)
const button = required('verify', HTMLButtonElement)
const progress = required('progress', HTMLProgressElement)
const result = required('result', HTMLElement)
const areaOf = (id: string) => required(id, HTMLTextAreaElement)

/** The file that was dropped, which takes the place of a chosen one. */
let dropped: File | null = null

const blobSource = (blob: Blob): Source => ({
  size: blob.size,
  read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
})

/** The keys in a field, one a line; null when one is none, which is then said beside the field. */
function keysIn(id: string): VerifierKey[] | null {
  const error = required(`${id}-error`, HTMLElement)
  const area = areaOf(id)
  error.textContent = ''
  area.removeAttribute('aria-invalid')
  const lines = area.value.split('\n').map((line) => line.trim())
  try {
    return lines.filter((line) => line !== '').map(parseVerifierKey)
  } catch (cause) {
    if (!(cause instanceof NoteError)) throw cause
    error.textContent = `${cause.message}.`
    area.setAttribute('aria-invalid', 'true')
    area.focus()
    return null
  }
}

/** A checkpoint as it was pasted: the line break at its end is easily lost on the way. */
const pastedNote = (text: string) => (text.trim() === '' ? null : `${text.replaceAll('\r\n', '\n').trimEnd()}\n`)

async function verify(): Promise<void> {
  const file = dropped ?? input.files?.[0]
  const keys = keysIn('key')
  const witnesses = keysIn('witness')
  if (!keys || !witnesses) return
  if (!file) {
    result.replaceChildren(notice('Choose a bundle first.'))
    input.focus()
    return
  }
  busy(true)
  try {
    const trust = { keys, witnesses: witnesses.map(asCosigner), earlier: pastedNote(areaOf('earlier').value) }
    const report = await verifyBundle(blobSource(file), {
      trust,
      digests: portableDigests,
      now: new Date(),
      onProgress: (done, of) => {
        progress.value = done / of
      },
    })
    result.replaceChildren(...reportView(report, file.name))
  } catch {
    result.replaceChildren(notice(`${file.name} cannot be read. Choose it again.`))
  } finally {
    busy(false)
  }
}

function notice(text: string): HTMLElement {
  const made = document.createElement('p')
  made.className = 'notice'
  made.textContent = text
  return made
}

function busy(is: boolean): void {
  button.disabled = is
  progress.hidden = !is
  progress.value = 0
  result.setAttribute('aria-busy', String(is))
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void verify()
})
input.addEventListener('change', () => {
  dropped = null
  void verify()
})
addEventListener('dragover', (event) => {
  event.preventDefault()
  document.body.classList.add('over')
})
addEventListener('dragleave', () => document.body.classList.remove('over'))
addEventListener('drop', (event) => {
  event.preventDefault()
  document.body.classList.remove('over')
  const [file] = event.dataTransfer?.files ?? []
  if (!file) return
  dropped = file
  input.value = ''
  void verify()
})
