import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { canonicalAddress, clientAddress, isLoopback } from '../../src/http/client-address.ts';

const requestOf = (ip: string | undefined, remoteAddress: string | undefined) =>
  ({ ip, socket: { remoteAddress } }) as unknown as FastifyRequest;

describe('the canonical address of a client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:51234', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::ffff:1', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:51234', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::1', '::/64'],
  ])('%s is %s', (given, address) => {
    expect(canonicalAddress(given)).toBe(address);
  });

  it.each(['', 'unknown', '_hidden', '1.2.3', '0x7f.1', '192.0.2.1:x', '192.0.2.300', "' OR 1=1", '2001:db8::1::2'])(
    '%s is none',
    (given) => {
      expect(canonicalAddress(given)).toBeUndefined();
    },
  );

  it('is the peer’s own where a proxy wrote something else', () => {
    expect(clientAddress(requestOf('free text', '::ffff:10.0.0.7'))).toBe('10.0.0.7');
  });

  it('stays what it was when the client has left, and is unknown when it had left before', () => {
    const request = requestOf('192.0.2.1', '192.0.2.1');
    expect(clientAddress(request)).toBe('192.0.2.1');
    Object.assign(request, requestOf(undefined, undefined));
    expect(clientAddress(request)).toBe('192.0.2.1');
    expect(clientAddress(requestOf(undefined, undefined))).toBe('unknown');
  });

  it('knows the loopback addresses', () => {
    expect(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['0.0.0.0', '10.0.0.1', '::', 'localhost', ''].map(isLoopback)).toEqual([false, false, false, false, false]);
  });
});
