import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listedParties } from '../../src/conversations/listed-parties.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createContact, createCustomer, createMessage, createTenant } from '../support/factories.ts';
import { run } from '../support/global-setup.ts';
import { expectCountsToFit, getList } from '../support/ingest.ts';
import { PARTIES } from '../support/parties.ts';

/** What migrations do to rows that are there. */

let t: TestApp;

beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

async function apply(tag: string): Promise<void> {
  const text = await readFile(new URL(`../../migrations/${tag}.sql`, import.meta.url), 'utf8');
  await run(t.database.ownerUrl, ['BEGIN', ...text.split('--> statement-breakpoint'), 'COMMIT']);
}

it('0015 counts anew what had drifted, and has no log made by hand ask for a response', async () => {
  const tenant = await createTenant(t.db);
  const { companyId } = tenant;
  const logged = await createMessage(t.db, t.ring, companyId, { source: 'manual', timestamp: '2026-05-12T10:00:00Z' });
  await createMessage(t.db, t.ring, companyId, { requiresResponse: true, timestamp: '2026-05-13T10:00:00Z' });
  await t.fold();
  await createMessage(t.db, t.ring, companyId, { timestamp: '2026-05-14T10:00:00Z' });
  for (const text of [
    'UPDATE communication_threads SET requires_response = true WHERE company_id = $1 AND id = $2',
    `INSERT INTO thread_count_deltas (company_id, cell, day, messages)
     SELECT company_id, cell, '2026-05-12', 3 FROM communication_threads WHERE company_id = $1 AND id = $2`,
  ])
    await t.db.query({ text, values: [companyId, logged.id] });
  const before = await getList(t, tenant, 'threads');

  await apply('0015_count_anew');

  await expectCountsToFit(t, companyId);
  expect([before.count, (await getList(t, tenant, 'threads')).count]).toEqual([6, 3]);
  expect(await getList(t, tenant, 'threads?requires_response=true')).toMatchObject({ count: 1 });
});

it('0035 has mail matched to the contacts of Gmail addresses without their dots', async () => {
  const { companyId } = await createTenant(t.db);
  const customerId = await createCustomer(t.db, companyId, 'Alder');
  const emails = ['ann.reed@gmail.com', 'ann.reed@googlemail.com', 'annreed@gmail.com', 'ann.reed@acme.example'];
  for (const email of emails) await createContact(t.db, companyId, customerId, { name: email, email });
  await t.db.query({ text: 'UPDATE contacts SET email_key = email WHERE company_id = $1', values: [companyId] });

  await apply('0035_gmail_addresses');

  const rows = await t.db.query<{ email_key: string }>({
    text: 'SELECT email_key FROM contacts WHERE company_id = $1 ORDER BY array_position($2::text[], email)',
    values: [companyId, emails],
  });
  expect(rows.map(({ email_key }) => email_key)).toEqual([
    'annreed@gmail.com',
    'annreed@gmail.com',
    'annreed@gmail.com',
    'ann.reed@acme.example',
  ]);
});

it('0037 makes for stored messages what lists show of their parties', async () => {
  const { companyId } = await createTenant(t.db);
  const ids: string[] = [];
  for (const { from, to, cc } of PARTIES) {
    const { id } = await createMessage(t.db, t.ring, companyId, { timestamp: '2026-05-12T10:00:00Z' });
    ids.push(id);
    await t.db.query({
      text: `UPDATE communication_threads SET from_address = $3, to_addresses = $4, cc_addresses = $5
             WHERE company_id = $1 AND id = $2`,
      values: [companyId, id, from && JSON.stringify(from), JSON.stringify(to), JSON.stringify(cc)],
    });
  }
  await run(t.database.ownerUrl, ['ALTER TABLE communication_threads DROP COLUMN listed_parties']);

  await apply('0037_listed_parties');

  const rows = await t.db.query<{ listed_parties: unknown }>({
    text: 'SELECT listed_parties FROM communication_threads WHERE company_id = $1 ORDER BY array_position($2::uuid[], id)',
    values: [companyId, ids],
  });
  expect(rows.map(({ listed_parties }) => listed_parties)).toEqual(PARTIES.map(listedParties));
});
