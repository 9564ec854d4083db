import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/**
 * Streams `{ "data": [...], "count": n }`, so that memory doesn't grow with the list; `count` is the number of rows sent.
 * The first batch is awaited before the response begins, so that an unavailable database gives an error response. A later
 * failure breaks the connection, so that a client can't mistake an incomplete list for a complete one.
 */
export async function streamList<Row extends object>(
  reply: FastifyReply,
  batches: AsyncGenerator<Row[]>,
): Promise<FastifyReply> {
  const first = await batches.next();
  const rows = first.done ? [] : first.value;
  return reply
    .type('application/json; charset=utf-8')
    .send(Readable.from(jsonOf(rows, batches), { objectMode: false }));
}

async function* jsonOf<Row>(first: Row[], more: AsyncIterable<Row[]>): AsyncGenerator<string> {
  let count = first.length;
  yield `{"data":[${first.map((row) => JSON.stringify(row)).join(',')}`;
  for await (const batch of more) {
    yield `${count === 0 ? '' : ','}${batch.map((row) => JSON.stringify(row)).join(',')}`;
    count += batch.length;
  }
  yield `],"count":${count}}`;
}
