import { finished, Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest, RouteShorthandOptionsWithHandler } from 'fastify';
import { hashToken } from '../../crypto/token.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { presentedTicket } from '../../http/auth/guard.ts';
import { operation } from '../../http/operation.ts';
import { CompanyParams } from '../../http/schema.ts';
import type { EventStream } from './event-stream.ts';
import { type LiveEvents, STREAMS_PER_USER } from './live-stream.ts';
import { EventsQuery, EventsResponse, StreamTicket } from './schema.ts';
import { listEvents, readPosition } from './service.ts';
import { createStreamTicket } from './tickets.ts';

const tags = ['Events'];

export const listEventsOperation = ({ live }: { live: LiveEvents }): RouteShorthandOptionsWithHandler => {
  const route = operation(
    {
      operationId: 'listEvents',
      summary: 'Follow what changes',
      description:
        'The changes in the company, in the order of the transactions, each once. `Accept: text/event-stream` opens a stream ' +
        'of server-sent events that continues after `Last-Event-ID` (or `after`); any other `Accept` returns a batch of the ' +
        'same feed as a list. Events contain ids only, never texts. An event appears only after all older transactions have ' +
        'ended, so a client that continues from its last `id` never misses one.\n\n' +
        `A user can have at most ${STREAMS_PER_USER} open streams of a company in each process of the server ` +
        '(`WORKERS`); a further request is answered 429 until a stream ends.\n\n' +
        'An event concerns the whole conversation that it names. `thread.created` includes what the new message changed in ' +
        'the other messages. `thread.updated` is a change by a user, by a later event of a provider about a call or a mail, ' +
        'by `rematch` (one event per conversation), or by merging two conversations (one event for each, with the message ' +
        'that represented it in the lists). `import.completed` may concern everything in the company: read it again.',
      tags,
      params: CompanyParams,
      querystring: EventsQuery,
      response: { 200: EventsResponse },
    },
    { access: 'read' },
    async (request, reply) => {
      if (acceptsStream(request)) return sendStream(request, reply, live, request.query.after);
      return listEvents(request.db, request.params.company_id, request.query);
    },
  );
  // A HEAD request for an endless response would never end.
  return { ...route, exposeHeadRoute: false, config: { ...route.config, acceptsTicket: true } };
};

export const createStreamTicketOperation = () =>
  operation(
    {
      operationId: 'createStreamTicket',
      summary: 'Create a stream ticket',
      description:
        "Creates a ticket that opens one event stream within a minute, for a browser's EventSource, which can't send an " +
        'Authorization header. After a broken connection the same URL with `Last-Event-ID` resumes the stream for five ' +
        "minutes. The stream ends when the caller's token does. A body is ignored.",
      tags,
      params: CompanyParams,
      response: { 201: StreamTicket },
    },
    { access: 'read' },
    async (request, reply) => {
      const ticket = await createStreamTicket(request.db, request.params.company_id, request.caller.tokenId);
      return reply.code(201).send(ticket);
    },
  );

function acceptsStream(request: FastifyRequest): boolean {
  return lowerCase(request.headers.accept ?? '').includes('text/event-stream');
}

async function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  live: LiveEvents,
  after: string | undefined,
): Promise<FastifyReply> {
  const { company_id: companyId = '' } = request.params as { company_id?: string };
  // On a reconnect EventSource requests its first URL again, and its position is in the header.
  const position = [request.headers['last-event-id']].flat()[0] || after || 'latest';
  const { userId, tokenId } = request.caller;
  const ticket = presentedTicket(request);
  const ticketHash = ticket === undefined ? undefined : hashToken(ticket);
  const stream = await live.open(request.db, { companyId, userId, tokenId, ticketHash, after: readPosition(position) });
  // A proxy that compresses or buffers the response delays its events.
  reply.header('cache-control', 'no-store, no-transform').header('x-accel-buffering', 'no');
  return reply.type('text/event-stream; charset=utf-8').send(bodyOf(stream, reply));
}

/** Disables the socket timeout, because a stream's socket is idle between heartbeats. */
function bodyOf(stream: EventStream, reply: FastifyReply): Readable {
  reply.request.raw.socket.setTimeout(0);
  const body = Readable.from(stream.messages(), { objectMode: false, highWaterMark: 16_384 });
  // On the response's end and not the body's: the body closes only with the next message, up to a heartbeat later.
  finished(reply.raw, () => stream.end());
  stream.onStuck = () => void body.destroy(new Error('The client receives nothing.'));
  return body;
}
