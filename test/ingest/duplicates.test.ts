import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { listDuplicateMails, separateDuplicateMail } from '../../src/ingest/duplicates.ts';
import { purgeExpired } from '../../src/server/purge-expired.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  connectMailbox,
  createCorrespondence,
  expectCountsToFit,
  getList,
  mail,
  postNylas,
} from '../support/ingest.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const from = [{ name: 'Ann', email: 'ann.reed@acme.example' }];
const headers = (id: string) => [{ name: 'Message-ID', value: id }];
const messages = (tenant: { companyId: string; token: string }) => getList(t, tenant, 'threads?view=message');

describe('a Message-ID that a sender gives to every mail', () => {
  it.each(['<fixed@erp.example>', '<@>', '<>', '< . >'])(
    '%s loses none of them and joins no conversations',
    async (id) => {
      const tenant = await createCorrespondence(t.db);
      const send = (sender: string, subject: string, date: number) =>
        postNylas(
          t,
          mail(tenant.grantId, {
            from: [{ email: sender }],
            subject,
            body: `<p>${subject}</p>`,
            date,
            headers: headers(id),
          }),
        );
      await send('ann.reed@acme.example', 'Remittance 1', 1_760_000_000);
      await send('ann.reed@acme.example', 'Remittance 2', 1_760_000_060);
      await send('bo@birch.example', 'Dispute', 1_760_000_061);
      const answer = mail(tenant.grantId, {
        from: [{ email: 'bo@birch.example' }],
        headers: [...headers('<bo2@birch.example>'), { name: 'In-Reply-To', value: id }],
        thread_id: null,
      });
      await postNylas(t, answer);
      const rows = (await messages(tenant)).data;
      expect(rows).toHaveLength(4);
      const groups = (name: string) =>
        rows.filter(({ subject }) => String(subject).startsWith(name)).map((row) => row.thread_group_id);
      expect(new Set([...groups('Remittance'), ...groups('Dispute')]).size).toBe(3);
      await expectCountsToFit(t, tenant.companyId);
    },
  );
});

describe('a mail without headers', () => {
  it('is one row when it was moved, and when two mailboxes date it seconds apart', async () => {
    const tenant = await createCorrespondence(t.db);
    const second = await connectMailbox(t.db, tenant, { email: 'sam@northwind.example' });
    const object = { from, subject: 'Paid', body: '<p>We paid INV-1.</p>', date: 1_760_000_000 };
    await postNylas(t, mail(tenant.grantId, object));
    expect(await postNylas(t, mail(tenant.grantId, { ...object, folders: ['Archive'] }))).toMatchObject({
      reason: 'same_mail',
    });
    expect(await postNylas(t, mail(second, { ...object, date: 1_760_000_021 }))).toMatchObject({ reason: 'same_mail' });
    const other = { ...object, body: '<p>We paid INV-2.</p>' };
    expect(await postNylas(t, mail(tenant.grantId, other))).toMatchObject({ state: 'applied' });
    expect((await messages(tenant)).count).toBe(2);
    await expectCountsToFit(t, tenant.companyId);
  });
});

describe('ingest duplicates and separate', () => {
  it('show what was taken for a copy, and make it a message of its own', async () => {
    const tenant = await createCorrespondence(t.db);
    const object = { from, subject: 'Statement', body: '<p>Please send one.</p>', date: 1_760_000_000 };
    await postNylas(t, mail(tenant.grantId, object));
    const again = mail(tenant.grantId, object);
    await postNylas(t, again);
    const [duplicate, ...more] = await listDuplicateMails(t.db, { companyId: tenant.companyId, limit: 10 });
    expect(more).toEqual([]);
    expect(duplicate).toMatchObject({
      companyId: tenant.companyId,
      duplicate: { from: 'ann.reed@acme.example', subject: 'Statement' },
      stored: { subject: 'Statement' },
    });
    const id = duplicate?.id ?? '';
    expect(await separateDuplicateMail(t.db, id)).toMatchObject({ state: 'applied' });
    expect((await messages(tenant)).count).toBe(2);
    expect(await separateDuplicateMail(t.db, id)).toBeUndefined();
    expect(await separateDuplicateMail(t.db, newId())).toBeUndefined();
    expect(await listDuplicateMails(t.db, { companyId: tenant.companyId, limit: 10 })).toEqual([]);
    expect(await postNylas(t, { ...again, id: `${again.id}-b` })).toMatchObject({ reason: 'same_message' });
    await expectCountsToFit(t, tenant.companyId);
  });

  it('keep the bytes of a copy for 30 days', async () => {
    const tenant = await createCorrespondence(t.db);
    const object = { from, date: 1_760_000_000, subject: 'S' };
    await postNylas(t, mail(tenant.grantId, object));
    await postNylas(t, mail(tenant.grantId, object));
    const listed = () => listDuplicateMails(t.db, { companyId: tenant.companyId, limit: 10 });
    await purgeExpired(t.db);
    expect(await listed()).toHaveLength(1);
    await t.db.query({
      text: `UPDATE webhook_events SET updated_at = now() - interval '31 days' WHERE company_id = $1`,
      values: [tenant.companyId],
    });
    await purgeExpired(t.db);
    expect(await listed()).toEqual([]);
  });
});
