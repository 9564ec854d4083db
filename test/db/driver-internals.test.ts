import { readFileSync } from 'node:fs';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';

/** The private parts of `pg` that `pipelining-client.ts` and `pipelined-batch.ts` use. One that is renamed fails here. */

const READERS = [
  'requiresPreparation',
  'submit',
  'prepare',
  'handleRowDescription',
  'handleDataRow',
  'handleCommandComplete',
  'handleEmptyQuery',
  'handleError',
  'handleReadyForQuery',
];

describe("the driver's private parts", () => {
  it('of a query are there under their names', () => {
    const query = new pg.Query('SELECT 1', []) as unknown as Record<string, unknown>;

    for (const name of READERS) expect(query[name], name).toBeTypeOf('function');
    expect(query._result).toHaveProperty('_types');
  });

  it('of a connection are there under their names', async () => {
    const client = new pg.Client({ connectionString: inject('superuserUrl') });
    await client.connect();
    const { connection, _types } = client as unknown as { connection: Record<string, unknown>; _types: unknown };
    const [stream, submitted] = [connection.stream as { cork: unknown }, connection.submittedNamedStatements];
    await client.end();

    for (const name of ['_send', 'sync']) expect(connection[name], name).toBeTypeOf('function');
    expect(stream.cork).toBeTypeOf('function');
    expect(submitted).toBeTypeOf('object');
    expect(_types).toBeTypeOf('object');
  });

  it('are those of one exact version, which package.json pins', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

    expect(dependencies.pg).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
