import type { LookupAddress } from 'node:dns';
import { Resolver, lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { FieldErrors } from '../../domain/errors.ts';

/**
 * The rules for the URLs of outgoing webhooks (contract §6): https and public addresses only. Otherwise an admin of a
 * company could make the server send requests into its own network, for example to a cloud's metadata service.
 */

export type AddressRules = { allowPrivate: boolean };

/** A host name that resolves to no allowed address. */
export class PrivateAddressError extends Error {
  constructor() {
    super('The address is private, loopback, link-local or reserved.');
  }
}

/**
 * The errors of an endpoint's URL; empty when it is allowed. The addresses of a host name are checked when connecting.
 */
export function urlErrors(text: string, { allowPrivate }: AddressRules): FieldErrors {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !(url.protocol === 'https:' || (allowPrivate && url.protocol === 'http:')))
    return { url: [allowPrivate ? 'Must be an http or https URL.' : 'Must be an https URL.'] };
  if (url.username !== '' || url.password !== '')
    return { url: ['May not hold a username or a password: each delivery is signed.'] };
  if (url.hash !== '') return { url: ['May not have a fragment.'] };
  const literal = literalAddress(url);
  if (literal !== undefined && !allowPrivate && !isPublic(literal))
    return { url: ['May not be a private, loopback, link-local or reserved address.'] };
  return {};
}

/** The IP address in a URL, without brackets; undefined when the URL has a host name. */
export function literalAddress({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) ? host : undefined;
}

/** Whether the address is globally routable. An IPv4-mapped IPv6 address counts as the IPv4 address. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * A `lookup` for `net.connect` that returns only allowed addresses. The check and the connection use one resolution, so a
 * DNS answer that changes in between (DNS rebinding) has no effect. It queries DNS directly, because `dns.lookup` uses the
 * thread pool, which a few slow names would occupy; the hosts file is read only when private addresses are allowed.
 */
export function restrictedLookup({ allowPrivate }: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, allowPrivate).then(
      (addresses) => {
        const allowed = addresses.filter(({ address }) => allowPrivate || isPublic(address));
        const [first] = allowed;
        if (!first) callback(new PrivateAddressError(), []);
        else if (options.all) callback(null, allowed);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, []),
    );
  };
}

async function resolve(hostname: string, allowPrivate: boolean): Promise<LookupAddress[]> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const addresses = [
    ...(v4.status === 'fulfilled' ? v4.value : []).map((address) => ({ address, family: 4 })),
    ...(v6.status === 'fulfilled' ? v6.value : []).map((address) => ({ address, family: 6 })),
  ];
  if (addresses.length > 0) return addresses;
  if (allowPrivate) return systemLookup(hostname, { all: true });
  throw v4.status === 'rejected' ? v4.reason : new Error('The name has no address.');
}
