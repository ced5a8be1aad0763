import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientAddress } from './client-address'

describe('the address of a client', () => {
  it('is the socket’s without a proxy, whatever the request says', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (said, socket) => {
        expect(clientAddress(socket, said, 0)).toBe(socket)
      }),
    )
  })

  it('is what the outermost trusted proxy wrote, whatever stands before that', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.string())), fc.ipV4(), (before, client) => {
        const one = [...before.map((entry) => entry.replaceAll(',', ' ')), client].join(', ')
        expect(clientAddress('10.0.0.1', one, 1)).toBe(client)
        expect(clientAddress('10.0.0.1', `${one}, 10.0.0.2`, 2)).toBe(client)
      }),
    )
  })

  it('is the first there is when the chain is shorter than said', () => {
    expect(clientAddress('10.0.0.1', undefined, 2)).toBe('10.0.0.1')
    expect(clientAddress('10.0.0.1', '192.0.2.7', 3)).toBe('192.0.2.7')
    expect(clientAddress(undefined, undefined, 0)).toBe('unknown')
  })

  it.each([
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:4711', '192.0.2.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['2001:DB8::1', '2001:db8::1'],
  ])('%s is %s', (written, address) => {
    expect(clientAddress('10.0.0.1', written, 1)).toBe(address)
  })
})
