import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createCorrespondence, getList, mail, postNylas } from '../../support/ingest.ts';

/** A list's rows are small whoever a mail is addressed to; the detail shows all recipients. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Row = { id: string; to: object[]; cc: object[] };

const people = (count: number, name: string) =>
  Array.from({ length: count }, (_, nth) => ({ name: `${name} ${nth}`, email: `p${nth}@acme.example` }));

describe('the recipients of a row', () => {
  it.each([
    ['few', people(3, 'Person'), 3],
    ['a hundred with usual names', people(100, 'Maximiliane Mustermann-Beispiel'), 100],
    ['many', people(300, 'Person'), 100],
    ['few with names of 400 characters', people(10, 'n'.repeat(400)), 10],
    ['a hundred with names of 400 characters', people(100, 'n'.repeat(400)), 36],
    ['a hundred with names of combining marks', people(100, `a${'\u0301'.repeat(30)}`.repeat(10)), 25],
  ])('%s', async (_, to, shown) => {
    const tenant = await createCorrespondence(t.db);
    expect(await postNylas(t, mail(tenant.grantId, { to, cc: to }))).toMatchObject({ state: 'applied' });
    const [row] = (await getList(t, tenant, 'threads')).data as Row[];
    expect(row?.to).toEqual(row?.cc);
    expect(row?.to).toHaveLength(shown);
    expect(row?.to.at(0)).toMatchObject({ email: 'p0@acme.example' });
    expect(row?.to.at(-1)).toMatchObject({ email: `p${shown - 1}@acme.example` });
    expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(40_000);
    const headers = { authorization: `Token ${tenant.token}` };
    const url = `/api/companies/${tenant.companyId}/communications/threads/${row?.id}`;
    expect((await t.app.inject({ url, headers })).json().to).toHaveLength(to.length);
  });
});
