import type { FastifyReply, FastifyRequest } from 'fastify';

/** `Prefer` (RFC 7240): what a client would rather have, and what of it was had. */

const PREFERENCES = {
  /** An unknown parameter or field is an error. */
  strict: { header: 'handling=strict', asked: /(^|[,;\s])handling\s*=\s*"?strict"?($|[,;\s])/i },
  /** A search counts all its rows. */
  exactCount: { header: 'count=exact', asked: /(^|[,;\s])count\s*=\s*"?exact"?($|[,;\s])/i },
} as const;

export type Preference = keyof typeof PREFERENCES;

export function prefers({ headers: { prefer } }: Pick<FastifyRequest, 'headers'>, preference: Preference): boolean {
  return prefer !== undefined && [prefer].flat().some((value) => PREFERENCES[preference].asked.test(value));
}

/** Says so in `Preference-Applied`, beside others. */
export function applied(reply: FastifyReply, preference: Preference): void {
  const others = reply.getHeader('preference-applied');
  const { header } = PREFERENCES[preference];
  reply.header('preference-applied', others === undefined ? header : `${others}, ${header}`);
}
