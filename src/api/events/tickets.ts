import { randomBytes } from 'node:crypto';
import { hashToken } from '../../crypto/token.ts';
import type { Db } from '../../db/client.ts';
import type { StreamTicket } from './schema.ts';

const TICKET_BYTES = 32;
const CONNECT_WITHIN_SECONDS = 60;

/**
 * Creates a ticket that opens one stream of the company on behalf of the caller's token, and can resume it for some
 * minutes. The ticket is part of the URL, which proxies may log, so it opens a stream only within a minute. Only its
 * SHA-256 is stored.
 */
export async function createStreamTicket(db: Db, companyId: string, tokenId: string): Promise<StreamTicket> {
  const ticket = randomBytes(TICKET_BYTES).toString('base64url');
  const [row] = await db.query<{ expires_at: string }>({
    name: 'create_stream_ticket',
    text: `
      INSERT INTO stream_tickets (company_id, hash, token_id, expires_at)
      VALUES ($1, $2, $3, now() + interval '${CONNECT_WITHIN_SECONDS} seconds')
      RETURNING expires_at`,
    values: [companyId, hashToken(ticket), tokenId],
  });
  return { ticket, expires_at: row?.expires_at ?? '' };
}
