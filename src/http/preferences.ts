import type { FastifyReply, FastifyRequest } from 'fastify';
import { lowerCase } from '../domain/normalize-text.ts';

/** `Prefer` and `Preference-Applied` (RFC 7240). */

const PREFERENCES = {
  /** An unknown parameter or field is an error. */
  strict: { header: 'handling=strict', name: 'handling', value: /^"?strict"?$/i },
  /** A search counts all its rows. */
  exactCount: { header: 'count=exact', name: 'count', value: /^"?exact"?$/i },
} as const;

export type Preference = keyof typeof PREFERENCES;

export function prefers({ headers: { prefer } }: Pick<FastifyRequest, 'headers'>, preference: Preference): boolean {
  if (prefer === undefined) return false;
  const { name, value } = PREFERENCES[preference];
  // Only the first instance of a preference counts (RFC 7240 §2).
  const first = preferencesIn([prefer].flat().join(',')).find((given) => given.name === name);
  return first !== undefined && value.test(first.value);
}

/** Everything between commas, or between semicolons, that aren't in a quoted string. */
const BETWEEN_COMMAS = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const BEFORE_SEMICOLON = /^(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/;

/** The preferences of a header without their parameters. */
function preferencesIn(header: string): { name: string; value: string }[] {
  return (header.match(BETWEEN_COMMAS) ?? []).map((preference) => {
    const [text = ''] = BEFORE_SEMICOLON.exec(preference) ?? [];
    const [name = '', value = ''] = text.split(/=(.*)/s);
    return { name: lowerCase(name.trim()), value: value.trim() };
  });
}

/** Adds the preference to `Preference-Applied`. */
export function markApplied(reply: FastifyReply, preference: Preference): void {
  const others = reply.getHeader('preference-applied');
  const { header } = PREFERENCES[preference];
  reply.header('preference-applied', others === undefined ? header : `${others}, ${header}`);
}
