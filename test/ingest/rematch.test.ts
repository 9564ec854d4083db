import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { rematchAll } from '../../src/ingest/rematch.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { commsArguments } from '../support/compiled.ts';
import { createContact, createCustomer, createInvoice } from '../support/factories.ts';
import {
  connectPhone,
  createCorrespondence,
  expectCountsToFit,
  getList,
  mail,
  NYLAS_SECRET,
  OWN_ADDRESS,
  postNylas,
  postVonage,
  VONAGE_SECRET,
} from '../support/ingest.ts';
import { vonageCompleted } from '../support/vonage-samples.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

describe('comms ingest rematch', () => {
  it('gives mail and its conversation the contact, customer, invoices and judgement of a contact that was added later', async () => {
    const tenant = await createCorrespondence(t.db);
    const from = [{ email: 'eve@late.example' }];
    await postNylas(t, mail(tenant.grantId, { from, subject: 'About INV-5', body: '', thread_id: 'k' }));
    await postNylas(
      t,
      mail(tenant.grantId, { from: [{ email: 'other@late.example' }], body: 'Ok', subject: '', thread_id: 'k' }),
    );
    const customerId = await createCustomer(t.db, tenant.companyId, 'Latecomers');
    const invoiceId = await createInvoice(t.db, tenant.companyId, customerId, 'INV-5');
    const contactId = await createContact(t.db, tenant.companyId, customerId, {
      name: 'Eve',
      email: 'eve@late.example',
    });

    expect(await rematchAll(t.db)).toMatchObject({ matched: 1 });
    const rows = (await getList(t, tenant, 'threads?view=message&search=latecomers')).data;
    expect(rows).toMatchObject([
      {
        customer_id: customerId,
        contact_id: null,
        invoice_ids: [invoiceId],
        is_ar_related: true,
        requires_response: true,
      },
      { customer_id: customerId, contact_id: contactId, invoice_ids: [invoiceId], is_ar_related: true },
    ]);
    expect(await rematchAll(t.db)).toMatchObject({ matched: 0 });
    await expectCountsToFit(t, tenant.companyId);
  });

  it('gives a call its contact', async () => {
    const tenant = await createCorrespondence(t.db);
    await connectPhone(t.db, tenant.companyId, '+442079460000');
    await postVonage(t, vonageCompleted);
    const contactId = newId();
    await t.db.query({
      text: `INSERT INTO contacts (company_id, id, customer_id, name, phone) VALUES ($1, $2, $3, 'Kim', '+447700900000')`,
      values: [tenant.companyId, contactId, tenant.customerId],
    });
    await rematchAll(t.db);
    const [call] = (await getList(t, tenant, 'threads?communication_type=call')).data;
    expect(call).toMatchObject({ contact_id: contactId, customer_id: tenant.customerId });
  });
});

describe('the commands', () => {
  const comms = async (settings: Record<string, string>, ...args: string[]) => {
    const env = {
      PATH: process.env.PATH,
      DATABASE_URL: t.database.serverUrl,
      DATABASE_MIGRATION_URL: t.database.ownerUrl,
      ENCRYPTION_KEYS: `1:${Buffer.alloc(32).toString('base64')}`,
      ...settings,
    };
    const run = promisify(execFile)(process.execPath, commsArguments('--json', ...args), { env });
    const { stdout, code } = await run.then(
      ({ stdout }) => ({ stdout, code: 0 }),
      (error: { stdout: string; code: number }) => error,
    );
    return { code, answer: JSON.parse(stdout) };
  };

  it('send a sample, signed, to a running server, and tell what became of every event', async () => {
    const tenant = await createCorrespondence(t.db);
    const grantId = '6b1f2c1e-58d4-4f0c-9a57-d0c1f3a97e20';
    await t.db.query({
      text: 'INSERT INTO mailboxes (id, company_id, user_id, grant_id, email, sync) VALUES ($1, $2, $3, $4, $5, $6)',
      values: [newId(), tenant.companyId, tenant.userId, grantId, OWN_ADDRESS, 'all'],
    });
    const address = await t.app.listen({ host: '127.0.0.1', port: 0 });
    const secrets = { NYLAS_WEBHOOK_SECRET: NYLAS_SECRET, VONAGE_SIGNATURE_SECRET: VONAGE_SECRET };
    const reply = 'demo/webhooks/nylas-2-customer-reply.json';
    const send = (...args: string[]) => comms(secrets, 'webhook', 'send', '--url', address, ...args);

    expect(await send('nylas', reply)).toEqual({ code: 0, answer: { status: 200, state: 'applied', reason: null } });
    expect((await send('--gzip', 'nylas', reply)).answer).toMatchObject({ state: 'duplicate', reason: 'same_message' });
    expect((await send('vonage', 'demo/webhooks/vonage-4-completed.json')).answer).toMatchObject({ status: 200 });
    expect(
      await comms({ ...secrets, NYLAS_WEBHOOK_SECRET: 'x' }, 'webhook', 'send', '--url', address, 'nylas', reply),
    ).toEqual({ code: 1, answer: { error: '401 The signature is missing or wrong.', status: 401 } });
    const [row] = (await getList(t, tenant, 'emails')).data;
    expect(row).toMatchObject({ subject: 'Re: Invoice INV-10397 is open' });
    expect(Date.now() - Date.parse(String(row?.timestamp))).toBeLessThan(60_000);

    const { answer } = await comms({}, 'ingest', 'status');
    expect(answer).toMatchObject({ failed: 0, received: 0, replays: 0 });
    expect(answer.outcomes).toContainEqual({
      provider: 'nylas',
      state: 'duplicate',
      reason: 'same_message',
      events: 1,
      deliveries: 1,
    });
    expect(answer.total).toBe(answer.applied + answer.duplicate + answer.skipped);
    expect((await comms({}, 'ingest', 'retry')).answer).toMatchObject({ tried: 0 });
    expect((await comms({}, 'ingest', 'rematch')).answer).toMatchObject({ matched: 0 });
  }, 90_000);
});
