import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/**
 * The canonical client IP address that the rate limit, the login throttle, the log and the audit trail use: without
 * port, brackets or zone, IPv4-mapped IPv6 as IPv4, other IPv6 as its /64, because a client controls the whole /64. When
 * the proxy's value is not an IP address, the peer's address is used.
 */
export function clientAddress(request: FastifyRequest): string {
  let address = addresses.get(request);
  if (address === undefined) {
    const { ip, socket } = request as { ip: string | undefined; socket: FastifyRequest['socket'] };
    address = canonicalAddress(ip ?? '') ?? canonicalAddress(socket.remoteAddress ?? '') ?? 'unknown';
    addresses.set(request, address);
  }
  return address;
}

/** The address is read when the request begins, because a closed socket no longer has one. */
const addresses = new WeakMap<FastifyRequest, string>();

/** @returns undefined for a text that isn't an IP address */
export function canonicalAddress(text: string): string | undefined {
  const [, bracketed, withPort] = /^\[([^\]]*)\](?::\d+)?$|^([0-9.]+):\d+$/.exec(text.trim()) ?? [];
  const [bare = ''] = (bracketed ?? withPort ?? text.trim()).split('%');
  // Valid only without leading zeros, so the text is canonical already.
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return bare;
  if (!ipaddr.IPv6.isValid(bare)) return undefined;
  const address = ipaddr.process(bare);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toRFC5952String()}/64`;
}

/** @param address of the peer's socket, because headers can be forged */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
