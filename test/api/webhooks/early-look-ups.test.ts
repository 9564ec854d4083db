import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import { connect, type Db } from '../../../src/db/client.ts';
import { lockCompanyMail } from '../../../src/db/locks.ts';
import { PATIENT, SETTINGS, startTestApp, type TestApp } from '../../support/app.ts';
import { createTenant } from '../../support/factories.ts';
import { createCorrespondence, getList, ledgerRow, mail, postNylas } from '../../support/ingest.ts';
import { openConnections, tapWire, type Wire } from '../../support/wire.ts';

/** Reads what a mail needs together with its mailbox, for the company that the mailbox had at the last event. */

let t: TestApp;
let wire: Wire;
let db: Db;
let app: FastifyInstance;

beforeAll(async () => {
  t = await startTestApp();
  wire = await tapWire(t.database.serverUrl);
  db = connect({ url: wire.url, poolSize: 1, onError: () => undefined, limits: PATIENT });
  app = await buildApp({ db, ring: t.ring, settings: SETTINGS, log: false });
  await openConnections(db);
});
afterAll(async () => {
  await app.close();
  await db.close();
  await wire.close();
  await t.close();
});

const withId = (id: string) => [{ name: 'Message-ID', value: `<${id}@acme.example>` }];

describe('a mail of a mailbox that was seen before', () => {
  it('takes two round trips: one to record, lock and read, one to write', async () => {
    const { grantId } = await createCorrespondence(t.db);
    const from = [{ name: 'Ann', email: 'ann.reed@acme.example' }];
    const deliver = (nth: number) =>
      wire.during(async () => {
        const sent = mail(grantId, { thread_id: 'one', from, headers: withId(`${grantId}.${nth}`) });
        expect(await postNylas({ app }, sent)).toMatchObject({ status: 200, state: 'applied' });
      });
    await deliver(1);

    expect(await deliver(2)).toEqual({ statements: 18, roundTrips: 2 });
  });

  it('is stored in the company to which the mailbox was moved since', async () => {
    const former = await createCorrespondence(t.db);
    const present = await createTenant(t.db);
    await postNylas(t, mail(former.grantId));
    await t.db.query({
      text: 'UPDATE mailboxes SET company_id = $2, user_id = $3 WHERE grant_id = $1',
      values: [former.grantId, present.companyId, present.userId],
    });

    for (let nth = 0; nth < 2; nth += 1)
      expect(await postNylas(t, mail(former.grantId))).toMatchObject({ status: 200, state: 'applied' });
    expect((await getList(t, former, 'emails')).count).toBe(1);
    expect((await getList(t, present, 'emails')).count).toBe(2);
  });

  it('is skipped once the mailbox was removed', async () => {
    const tenant = await createCorrespondence(t.db);
    await postNylas(t, mail(tenant.grantId));
    await t.db.query({ text: 'DELETE FROM mailboxes WHERE grant_id = $1', values: [tenant.grantId] });

    expect(await postNylas(t, mail(tenant.grantId))).toMatchObject({ state: 'skipped', reason: 'unknown_grant' });
    expect((await getList(t, tenant, 'emails')).count).toBe(1);
  });
});

describe('a repeated delivery', () => {
  it('is acknowledged while another transaction holds the lock of the company’s mails', async () => {
    const { companyId, grantId } = await createCorrespondence(t.db);
    const sent = mail(grantId, {}, { id: `${grantId}-repeated` });
    await postNylas(t, sent);

    await t.db.transaction(async (tx) => {
      await tx.query(lockCompanyMail(companyId));
      expect(await postNylas(t, sent)).toMatchObject({ status: 200, state: 'duplicate' });
    });
    expect(await ledgerRow(t.db, `${grantId}-repeated`)).toMatchObject({ state: 'applied', deliveries: 2 });
  });
});
