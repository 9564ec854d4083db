import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/**
 * Streams `{ "data": [...], "count": n }`: memory stays flat however long the list is, and `count` is what was sent. The
 * first batch is awaited, so that a database that is away is an error and not half an answer; a failure later breaks
 * the connection, so that half a list is never taken for a whole one.
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
