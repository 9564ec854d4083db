import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/**
 * The one form of a client's address that limits, the login throttle, the log and the audit trail use: without port,
 * brackets or zone, IPv4-mapped as IPv4, IPv6 by its /64, because a client has all addresses of one. What a proxy wrote that
 * is no address counts as the peer's own.
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

/** Read once, when the request begins: a socket whose client has left has no address any more. */
const addresses = new WeakMap<FastifyRequest, string>();

/** Undefined for what is no address. */
export function canonicalAddress(text: string): string | undefined {
  const [, bracketed, withPort] = /^\[([^\]]*)\](?::\d+)?$|^([0-9.]+):\d+$/.exec(text.trim()) ?? [];
  const [bare = ''] = (bracketed ?? withPort ?? text.trim()).split('%');
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return undefined;
  const address = ipaddr.process(bare);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toRFC5952String()}/64`;
}

/** Of the peer itself, whatever headers say. */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
