import { finished, Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest, RouteShorthandOptionsWithHandler } from 'fastify';
import { hashToken } from '../../crypto/token.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { presentedTicket } from '../../http/auth/guard.ts';
import { operation } from '../../http/operation.ts';
import { CompanyParams } from '../../http/schema.ts';
import { type LiveEvents, type Reader, STREAMS_PER_USER } from './live-stream.ts';
import { EventsAnswer, EventsQuery, StreamTicket } from './schema.ts';
import { listEvents, readPosition } from './service.ts';
import { createStreamTicket } from './tickets.ts';

const tags = ['Events'];

export const listEventsOperation = ({ live }: { live: LiveEvents }): RouteShorthandOptionsWithHandler => {
  const route = operation(
    {
      operationId: 'listEvents',
      summary: 'Follow what changes',
      description:
        'What changed in the company, in the order of the transactions, each once: `Accept: text/event-stream` opens a ' +
        'stream of server-sent events that goes on where `Last-Event-ID` (or `after`) left off; anything else answers a ' +
        'stretch of the same feed as a list. Events hold ids, never a text. Nothing shows while an older write is still ' +
        'open, so a reader who goes on from its last `id` never misses one.\n\n' +
        `A user has at most ${STREAMS_PER_USER} streams of a company open at once in each process of the server ` +
        '(`WORKERS`); one more is 429, until a client has gone.\n\n' +
        'An event is about the conversation that it names: `thread.created` also stands for what the new message changed ' +
        'in the others, `thread.updated` for a change by a user, by what a provider tells later of a call or a mail, by ' +
        '`rematch` (one event a conversation), or by two conversations that become one (one for each, named by the ' +
        'message that stood for it in the lists). `import.completed` stands for anything in the company: read it anew.',
      tags,
      params: CompanyParams,
      querystring: EventsQuery,
      response: { 200: EventsAnswer },
    },
    { access: 'read' },
    async (request, reply) => {
      if (acceptsStream(request)) return stream(request, reply, live, request.query.after);
      return listEvents(request.db, request.params.company_id, request.query);
    },
  );
  // A HEAD of an endless answer would never end.
  return { ...route, exposeHeadRoute: false, config: { ...route.config, acceptsTicket: true } };
};

export const createStreamTicketOperation = () =>
  operation(
    {
      operationId: 'createStreamTicket',
      summary: 'Create a stream ticket',
      description:
        "A key that opens one event stream within a minute, for a browser's EventSource, which can not send a header. When " +
        'its connection breaks, the same address with `Last-Event-ID` resumes it, within five minutes. The ' +
        "stream ends with the caller's own token. A body is ignored.",
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

async function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  live: LiveEvents,
  after: string | undefined,
): Promise<FastifyReply> {
  const { company_id: companyId = '' } = request.params as { company_id?: string };
  // On a reconnect EventSource asks for its first address again, and says in the header how far it came.
  const position = [request.headers['last-event-id']].flat()[0] || after || 'latest';
  const { userId, tokenId } = request.caller;
  const ticket = presentedTicket(request);
  const ticketHash = ticket === undefined ? undefined : hashToken(ticket);
  const reader = await live.open(request.db, { companyId, userId, tokenId, ticketHash, after: readPosition(position) });
  return reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(bodyOf(reader, reply));
}

/** The sockets of streams are idle between signs of life; the server's own timeout is for requests. */
function bodyOf(reader: Reader, reply: FastifyReply): Readable {
  reply.request.raw.socket.setTimeout(0);
  const body = Readable.from(reader.messages(), { objectMode: false, highWaterMark: 16_384 });
  // Not when the body closes: it waits for the reader's next message, and that may be a heartbeat away.
  finished(reply.raw, () => reader.end());
  reader.onStuck = () => void body.destroy(new Error('The client takes nothing.'));
  return body;
}
