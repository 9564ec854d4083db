import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getThread, listThreads } from '../../../src/api/threads/service.ts';
import type { Connection } from '../../../src/db/client.ts';
import type { Statement } from '../../../src/db/statement.ts';
import { ApiError } from '../../../src/domain/errors.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createCorrespondence, getList, mail, postNylas } from '../../support/ingest.ts';
import { PARTIES } from '../../support/parties.ts';

/** A list's rows are small whoever a mail is addressed to; the detail shows all recipients. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Party = { name: string; email: string };
type Row = { id: string; from: Party; to: Party[]; cc: Party[]; recipients_truncated?: boolean };

async function deliver(object: object) {
  const tenant = await createCorrespondence(t.db);
  expect(await postNylas(t, mail(tenant.grantId, object))).toMatchObject({ state: 'applied' });
  const rowOf = async (list: string) => ((await getList(t, tenant, list)).data as Row[])[0] as Row;
  const row = await rowOf('threads');
  const headers = { authorization: `Token ${tenant.token}` };
  const url = `/api/companies/${tenant.companyId}/communications/threads/${row.id}`;
  return { tenant, row, rowOf, detail: (await t.app.inject({ url, headers })).json() as Row };
}

describe('the recipients of a row', () => {
  it.each(PARTIES.filter(({ name }) => !/emoji|100,000|sender/.test(name)))('$name', async ({ to, cc, shown }) => {
    const { row, rowOf, detail } = await deliver({ to, cc });
    expect([row.to.length, row.cc.length]).toEqual(shown);
    expect(row.to.map(({ email }) => email)).toEqual(to.slice(0, shown[0]).map(({ email }) => email));
    expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(10_000);
    expect([detail.to, detail.cc]).toEqual([to, cc]);
    // A row says when it isn't whole, in every list, and the detail never does.
    const isCut = JSON.stringify([row.to, row.cc]) !== JSON.stringify([to, cc]);
    const rows = [row, await rowOf('threads?view=message'), await rowOf('emails'), await rowOf('threads?search=ann')];
    for (const each of rows) expect(each).toEqual(row);
    expect(row.recipients_truncated).toBe(isCut ? true : undefined);
    expect('recipients_truncated' in row).toBe(isCut);
    expect('recipients_truncated' in detail).toBe(false);
  });

  it('has the sender’s name cut like theirs', async () => {
    const { row, detail } = await deliver({ from: [{ name: 'n'.repeat(450), email: 'ann@acme.example' }], cc: [] });
    expect(row).toMatchObject({
      from: { name: 'n'.repeat(200), email: 'ann@acme.example' },
      recipients_truncated: true,
    });
    expect(detail.from.name).toBe('n'.repeat(450));
  });

  it('are shown without reading those that are left out', async () => {
    const to = Array.from({ length: 2_000 }, () => ({
      name: randomBytes(200).toString('hex'),
      email: 'p@acme.example',
    }));
    const { tenant, row } = await deliver({ to });
    const list = (connection: Connection) =>
      listThreads(t.ring, connection, tenant.companyId, { view: 'message' }).then(() => undefined);
    const detail = (connection: Connection) => getThread(t.ring, connection, tenant.companyId, row.id);
    expect(await blocksReadBy(list)).toBeLessThan(100);
    expect(await blocksReadBy(detail)).toBeGreaterThan(100);
  });
});

/** Of all statements, which answer nothing. */
async function blocksReadBy(read: (connection: Connection) => Promise<unknown>): Promise<number> {
  let blocks = 0;
  const query = async ({ text, values = [] }: Statement) => {
    const plan = await t.db.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>({
      text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
      values,
    });
    const root = plan[0]?.['QUERY PLAN'][0]?.Plan ?? {};
    blocks += (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0);
    return [];
  };
  await read({ query } as unknown as Connection).catch((error: Error) => {
    if (!(error instanceof ApiError)) throw error;
  });
  return blocks;
}
