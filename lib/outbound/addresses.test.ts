import { describe, expect, it } from 'vitest'
import { judgeAddress } from './addresses'
import { outboundSettingsSchema } from './model'

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '100.127.255.255', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
    ...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
    ...['::1', '::', 'fe80::1', 'fec0::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2001:db8::1', '100::1'],
    // Addresses that carry another: mapped, compatible, NAT64, 6to4, Teredo.
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::a00:1', '2002:7f00:1::'],
    ...['2001:0:53aa:64c::1', 'fe80::1%eth0', '4000::1'],
    // Spellings that no resolver gives, and no address at all.
    ...['2130706433', '0177.0.0.1', '0x7f.1', '127.1', 'localhost', ''],
  ])('%s is refused', (address) => {
    expect(judgeAddress(address, [])).toBe('refused')
  })

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(judgeAddress(address, [])).toBe('public')
  })

  it('is allowed by a network that holds it, and by no other', () => {
    const networks = ['10.20.0.0/16', 'fd00:1::/32']
    expect(judgeAddress('10.20.255.1', networks)).toBe('allowed')
    expect(judgeAddress('10.21.0.1', networks)).toBe('refused')
    expect(judgeAddress('fd00:1::9', networks)).toBe('allowed')
    expect(judgeAddress('::ffff:10.20.0.1', networks)).toBe('allowed')
    expect(judgeAddress('127.0.0.1', networks)).toBe('refused')
  })
})

describe('the networks that are allowed', () => {
  const problemOf = (network: string) =>
    outboundSettingsSchema.safeParse({ allowedNetworks: [network] }).error?.issues[0]?.message

  it('are kept in one spelling', () => {
    const { allowedNetworks } = outboundSettingsSchema.parse({ allowedNetworks: ['10.20.3.4/16', '10.20.0.0/16'] })
    expect(allowedNetworks).toEqual(['10.20.0.0/16'])
  })

  it.each(['10.0.0.1', 'example.org', '010.0.0.0/8', '10.0.0.0/33', '10/8', 'fe80::1%eth0/64', ''])(
    'are not %j',
    (network) => expect(problemOf(network)).toMatch(/Not a network/),
  )

  it.each(['0.0.0.0/0', '10.0.0.0/7', '::/0'])('are not as wide as %s', (network) =>
    expect(problemOf(network)).toMatch(/Wider/),
  )
})
