import { bytesToHex } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64, utf8 } from './bytes'
import { ed25519Signer, formatNote, parseNote, signersOf, signText } from './note'
import { asCosigner, formatVerifierKey, NoteError, parseVerifierKey, verifierKey } from './verifier-key'

/** The example of C2SP signed-note. */
const specKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const specNote =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'

/** Those of golang.org/x/mod/sumdb/note, the first implementation. */
const goText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const goKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const goPrivate = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const goLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const otherKey = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const otherLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'

const bytesOf = (base64: string) => fromBase64(base64) ?? new Uint8Array()

describe('a signed note', () => {
  it('of the specification is signed by its key', () => {
    const note = parseNote(specNote)
    expect(note.text).toBe('This is an example message.\n')
    expect(signersOf(note, [parseVerifierKey(specKey)]).map(({ name }) => name)).toEqual(['example.com/foo'])
    expect(formatNote(note)).toBe(specNote)
  })

  it('of the first implementation is made byte for byte', () => {
    const signer = ed25519Signer('PeterNeumann', bytesOf(goPrivate).subarray(1))
    expect(formatVerifierKey(signer.key)).toBe(goKey)
    expect(formatNote({ text: goText, signatures: [signText(goText, signer)] })).toBe(`${goText}\n${goLine}`)
  })

  it('may have several signers; lines of keys that nobody gave say nothing', () => {
    const keys = [parseVerifierKey(goKey), parseVerifierKey(otherKey)]
    const note = parseNote(`${goText}\n${goLine}${otherLine}`)
    expect(signersOf(note, keys)).toEqual(keys)
    expect(signersOf(note, keys.slice(1))).toEqual(keys.slice(1))
    expect(signersOf(note, [parseVerifierKey(specKey)])).toEqual([])
  })

  it('is split at its last empty line', () => {
    const text = 'one\n\ntwo\n'
    expect(parseNote(`${text}\n${goLine}`).text).toBe(text)
  })

  it.each([
    ['nothing', ''],
    ['no signature', 'text\n'],
    ['an empty signature block', 'text\n\n'],
    ['no last line break', specNote.slice(0, -1)],
    ['two hyphens for the dash', specNote.replace('—', '--')],
    ['a tab', specNote.replace('This', '\tThis')],
    ['a carriage return', specNote.replaceAll('\n', '\r\n')],
    ['a lone surrogate', specNote.replace('This', '\ud800')],
    ['base64 that is cut', specNote.replace('aQM=', 'aQM')],
    ['base64 that is not canonical', specNote.replace('aQM=', 'aQN=')],
    ['a name with a plus', specNote.replace('/foo', '+foo')],
    ['too many lines', `text\n\n${goLine.repeat(101)}`],
    ['a million characters', `${'x'.repeat(1_000_001)}${specNote}`],
  ])('with %s is refused', (_, message) => {
    expect(() => parseNote(message)).toThrow(NoteError)
  })

  it('does not hold when any byte of text or signature was changed', () => {
    const key = parseVerifierKey(specKey)
    fc.assert(
      fc.property(fc.nat(specNote.length - 1), fc.constantFrom(...'Aa0+/= —z'), (at, character) => {
        const changed = specNote.slice(0, at) + character + specNote.slice(at + 1)
        if (changed === specNote) return
        let signers: unknown[] = []
        try {
          signers = signersOf(parseNote(changed), [key])
        } catch (error) {
          expect(error).toBeInstanceOf(NoteError)
        }
        expect(signers).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('is refused as a whole when a line of a known key is wrong, be another of it right', () => {
    const swapped = parseNote(specNote.replace('example message', 'example massage'))
    expect(() => signersOf(swapped, [parseVerifierKey(specKey)])).toThrow('example.com/foo (key 530d903a) is wrong')
    const signer = ed25519Signer('a.example', new Uint8Array(32).fill(3))
    const right = signText('text\n', signer)
    const wrong = signText('other\n', signer)
    expect(() => signersOf({ text: 'text\n', signatures: [right, wrong] }, [signer.key])).toThrow(NoteError)
  })
})

describe('a verifier key', () => {
  it.each([specKey, goKey, otherKey, 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2'])(
    '%s is read and written back',
    (text) => {
      expect(formatVerifierKey(parseVerifierKey(text))).toBe(text)
    },
  )

  it('is read with any part of it missing or changed as none', () => {
    for (let from = 0; from < goKey.length; from += 1)
      for (let to = from + 1; to <= goKey.length; to += 1)
        if (to - from < goKey.length) expect(() => parseVerifierKey(goKey.slice(from, to))).toThrow(NoteError)
    expect(() => parseVerifierKey('rekor.sigstore.dev+00000000+AwEB')).toThrow('not Ed25519')
    expect(() => parseVerifierKey('PeterNeumann+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow(
      'does not belong',
    )
    expect(() => verifierKey('two words', 1, new Uint8Array(32))).toThrow('spaces')
    expect(() => verifierKey('short', 1, new Uint8Array(31))).toThrow('32 bytes')
  })

  it('of a small order signs nothing', () => {
    const key = verifierKey('small.example', 1, Uint8Array.of(1, ...new Uint8Array(31)))
    const body = Uint8Array.of(1, ...new Uint8Array(63))
    expect(() => signersOf({ text: 'text\n', signatures: [{ ...key, body }] }, [key])).toThrow(NoteError)
  })

  it('of a witness has an id of its own', () => {
    const plain = parseVerifierKey('TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6')
    const cosigner = asCosigner(plain)
    expect(cosigner).toMatchObject({ name: 'TEST', type: 4 })
    expect(cosigner.keyId).not.toBe(plain.keyId)
  })
})

describe('base64', () => {
  it('is read in one form only', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(bytesToHex(fromBase64(text) ?? utf8('none'))).toBe(bytesToHex(bytes))
      }),
    )
    for (const text of ['A', 'AB', 'AB==C', 'AAA', 'AB=A', 'A===', '====', 'AA==\n', ' AAA', 'A-_A', 'AB==']) {
      expect(fromBase64(text)).toBeNull()
    }
  })
})
