import type { FastifyReply, FastifyRequest } from 'fastify';
import { applied, prefers } from '../preferences.ts';
import { type List, nextPageAddress } from './pagination.ts';

/** Answers a page with the `Link` to the next one (RFC 8288); without a page, 304 has been sent already. */
export function sendList<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  list: List<Row> | undefined,
): List<Row> | FastifyReply {
  if (!list) return reply;
  linkNextPage(request, reply, list);
  if (typeof list.count === 'number' && prefers(request, 'exactCount')) applied(reply, 'exactCount');
  return list;
}

/** The `Link` to the next page, where there is one. */
export function linkNextPage(
  request: FastifyRequest,
  reply: FastifyReply,
  list: { page_size: number; next_cursor: string | null },
): void {
  if (list.next_cursor !== null)
    reply.header('link', `<${nextPageAddress(request.url, list, list.next_cursor)}>; rel="next"`);
}
