import type { FastifyReply, FastifyRequest } from 'fastify';

/** `Prefer` and `Preference-Applied` (RFC 7240). */

const PREFERENCES = {
  /** An unknown parameter or field is an error. */
  strict: { header: 'handling=strict', pattern: /(^|[,;\s])handling\s*=\s*"?strict"?($|[,;\s])/i },
  /** A search counts all its rows. */
  exactCount: { header: 'count=exact', pattern: /(^|[,;\s])count\s*=\s*"?exact"?($|[,;\s])/i },
} as const;

export type Preference = keyof typeof PREFERENCES;

export function prefers({ headers: { prefer } }: Pick<FastifyRequest, 'headers'>, preference: Preference): boolean {
  return prefer !== undefined && [prefer].flat().some((value) => PREFERENCES[preference].pattern.test(value));
}

/** Adds the preference to `Preference-Applied`. */
export function markApplied(reply: FastifyReply, preference: Preference): void {
  const others = reply.getHeader('preference-applied');
  const { header } = PREFERENCES[preference];
  reply.header('preference-applied', others === undefined ? header : `${others}, ${header}`);
}
