import type { LookupAddress } from 'node:dns';
import { Resolver, lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { FieldErrors } from '../../domain/errors.ts';

/**
 * Where webhooks may go (contract §6): public addresses by https. Otherwise an admin of one company could make the
 * server call what only its own network reaches, such as a cloud's metadata service.
 */

export type AddressRules = { allowPrivate: boolean };

/** A name that resolves to nothing that may be connected to. */
export class PrivateAddressError extends Error {
  constructor() {
    super('The address is private, loopback, link-local or reserved.');
  }
}

/** What is wrong with the URL of an endpoint, by field; empty when it is sound. A name is judged when it is connected to. */
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

/** The address in a URL that names no host, in its usual form; undefined for a name. */
export function literalAddress({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) ? host : undefined;
}

/** Whether everybody on the internet reaches the same machine by it. An IPv4 address inside an IPv6 one counts as itself. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * Resolves a name for `net.connect`, which connects to what this gives and to nothing else: a name that resolves to
 * another address a moment later changes nothing. Asks DNS without a thread of the pool, of which a few slow names
 * would take all; only where private addresses are allowed the hosts file counts too.
 */
export function judgedLookup({ allowPrivate }: AddressRules): LookupFunction {
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
