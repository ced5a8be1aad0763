import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { fromBase64, utf8 } from './bytes'
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint'
import { cosignatureTimestamp, cosignedMessage, verifyCosignature } from './cosignature'
import { cosignText, ed25519Signer, formatNote, parseNote, signText } from './note'
import { asCosigner, NoteError } from './verifier-key'

/** The example of C2SP tlog-checkpoint and tlog-cosignature. */
const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
const specNote = `${text}
— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

const log = ed25519Signer('example.com/behind-the-sofa', new Uint8Array(32).fill(1))
const witness = ed25519Signer('witness.example.com/w1', new Uint8Array(32).fill(2))
const cosigner = asCosigner(witness.key)
const signed = formatNote({ text, signatures: [signText(text, log), cosignText(text, witness, 1679315147)] })

describe('a checkpoint', () => {
  it('of the specification is read and written back', () => {
    const note = parseNote(specNote)
    const checkpoint = parseCheckpoint(note.text)
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163, extensions: [] })
    expect(formatCheckpoint(checkpoint)).toBe(text)
    expect(formatNote(note)).toBe(specNote)
    expect(note.signatures.map(({ name, keyId }) => `${name} ${keyId}`)).toEqual([
      'example.com/behind-the-sofa 033de0ae',
      'witness.example.com/w1 8d66cf3f',
    ])
  })

  it.each([
    ['a line too few', 'origin\n1\n'],
    ['no last line break', text.slice(0, -1)],
    ['no origin', text.replace('example.com/behind-the-sofa', '')],
    ['a size with a zero in front', text.replace('20852163', '020852163')],
    ['a negative size', text.replace('20852163', '-1')],
    ['a size in exponents', text.replace('20852163', '2e7')],
    ['a size that no number holds', text.replace('20852163', '9007199254740993')],
    ['a short root', text.replace('q2I=', '')],
    ['a root in base64url', text.replace('om/X', 'om_X')],
    ['an empty line', `${text}\nextension\n`],
  ])('with %s is refused', (_, message) => {
    expect(() => parseCheckpoint(message)).toThrow(NoteError)
  })

  it('keeps lines that others added', () => {
    expect(parseCheckpoint(`${text}one\ntwo\n`).extensions).toEqual(['one', 'two'])
  })

  it('opens with the keys that one trusts', () => {
    const opened = openCheckpoint(signed, [log.key], [cosigner])
    expect(opened.checkpoint.size).toBe(20852163)
    expect(opened.signedBy).toEqual([log.key])
    expect(opened.witnessedBy).toEqual([{ key: cosigner, timestampSeconds: 1679315147 }])
  })

  it('does not open without a signature of the log, or with one that is wrong', () => {
    const stranger = ed25519Signer('example.com/behind-the-sofa', new Uint8Array(32).fill(9))
    expect(() => openCheckpoint(signed, [stranger.key])).toThrow('No known key')
    expect(() => openCheckpoint(signed, [witness.key])).toThrow('No known key')
    expect(() => openCheckpoint(signed.replace('20852163', '20852164'), [log.key])).toThrow('is wrong')
  })

  it('does not open with a wrong cosignature of a known witness; one of another counts for nothing', () => {
    const time = cosignText(text, witness, 1679315147)
    time.body[7] = 0
    const forged = formatNote({ text, signatures: [signText(text, log), time] })
    expect(() => openCheckpoint(forged, [log.key], [cosigner])).toThrow('witness.example.com/w1')
    expect(openCheckpoint(forged, [log.key]).witnessedBy).toEqual([])
  })
})

describe('a cosignature', () => {
  it('signs the message of the specification', () => {
    expect(new TextDecoder().decode(cosignedMessage(text, 1679315147))).toBe(
      `cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n`,
    )
  })

  it('states its time', () => {
    const known =
      'ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA=='
    expect(cosignatureTimestamp((fromBase64(known) ?? new Uint8Array()).subarray(4))).toBe(1727964367)
    expect(cosignatureTimestamp(new Uint8Array(64))).toBeNull()
    expect(cosignatureTimestamp(new Uint8Array(72).fill(255))).toBeNull()
  })

  it('is no plain signature of the text, nor the other way round', () => {
    const { body } = cosignText(text, witness, 5)
    expect(verifyCosignature(text, body, witness.key.publicKey)).toBe(true)
    const plain = ed25519.sign(utf8(text), new Uint8Array(32).fill(2))
    expect(verifyCosignature(text, Uint8Array.from([...new Uint8Array(8), ...plain]), witness.key.publicKey)).toBe(
      false,
    )
    expect(ed25519.verify(body.subarray(8), utf8(text), witness.key.publicKey)).toBe(false)
  })
})
