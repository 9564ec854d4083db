import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { importLines } from '../../../src/transfer/import/import.ts';
import { openFile } from '../../../src/transfer/import/source.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addMember, createUser, createUserToken } from '../../support/factories.ts';
import { expectCountsToFit, getList, mail, postNylas, postVonage } from '../../support/ingest.ts';

const GRANT_ID = '6b1f2c1e-58d4-4f0c-9a57-d0c1f3a97e20';

let t: TestApp;
let tenant: { companyId: string; token: string };
beforeAll(async () => {
  t = await startTestApp();
  const owner = connect({ url: t.database.ownerUrl, poolSize: 2, onError: () => undefined, purpose: 'batch' });
  const source = await openFile('demo/demo.ndjson');
  await importLines(owner, t.ring, source, { signal: new AbortController().signal });
  await source.close();
  await owner.close();
  const [company] = await t.db.query<{ id: string }>({ text: 'SELECT id FROM companies' });
  const userId = await createUser(t.db);
  await addMember(t.db, company?.id ?? '', userId);
  tenant = { companyId: company?.id ?? '', token: await createUserToken(t.db, userId) };
});
afterAll(() => t.close());

const sample = (file: string) => JSON.parse(readFileSync(`demo/webhooks/${file}`, 'utf8'));

describe('the demo company', () => {
  it('shows the samples of demo/webhooks with its own customer, contact and invoice', async () => {
    for (const nth of ['1-reminder-sent', '2-customer-reply', '3-out-of-office', '4-truncated', '5-grant-expired'])
      expect((await postNylas(t, sample(`nylas-${nth}.json`))).status).toBe(200);
    for (const nth of ['1-ringing', '2-answered', '3-record', '4-completed'])
      expect(await postVonage(t, sample(`vonage-${nth}.json`))).toMatchObject({ status: 200, state: 'applied' });

    const customer = { customer_name: 'Blue Heron Skincare LLC', contact_name: 'Amara Nwosu' };
    const { data } = await getList(t, tenant, 'threads?search=INV-10397&date_from=2026-11-19');
    // Others name the invoice in their text.
    expect(data.filter(({ subject }) => String(subject).includes('INV-10397'))).toMatchObject([
      { ...customer, subject: 'Scans of all delivery notes for INV-10397', requires_response: true, message_count: 1 },
      { ...customer, subject: 'Re: Invoice INV-10397 is open', requires_response: true, message_count: 2 },
      { ...customer, subject: 'Automatic reply: Invoice INV-10397 is open', is_ar_related: false, message_count: 1 },
    ]);
    expect(data.slice(0, 2).every(({ invoice_ids }) => (invoice_ids as string[]).length === 1)).toBe(true);
    const calls = await getList(t, tenant, 'threads?communication_type=call&date_from=2026-11-20&date_to=2026-11-20');
    expect(calls.data).toContainEqual(
      expect.objectContaining({ ...customer, direction: 'inbound', timestamp: '2026-11-20T14:30:06.000Z' }),
    );
    await expectCountsToFit(t, tenant.companyId);
  });

  it('takes a reply into the conversation that its history holds, by mailbox conversation and by what it answers', async () => {
    const [known] = await t.db.query<Record<'thread_group_id' | 'provider_thread_id' | 'rfc_message_id', string>>({
      text: `SELECT thread_group_id, provider_thread_id, rfc_message_id FROM communication_threads
             WHERE grant_id = $1 AND is_latest AND provider_thread_id IS NOT NULL AND rfc_message_id IS NOT NULL LIMIT 1`,
      values: [GRANT_ID],
    });
    const date = 1_795_200_000;
    await postNylas(t, mail(GRANT_ID, { thread_id: known?.provider_thread_id, date }));
    const marcus = 'e2a94d77-03b6-47ce-8f1b-5d2276c1b8a4';
    const headers = [{ name: 'In-Reply-To', value: known?.rfc_message_id }];
    expect(await postNylas(t, mail(marcus, { headers, date: date + 60 }))).toMatchObject({ state: 'applied' });
    const [latest] = (await getList(t, tenant, 'emails?page_size=1')).data;
    expect(latest?.thread_group_id).toBe(known?.thread_group_id);
    await expectCountsToFit(t, tenant.companyId);
  });
});
