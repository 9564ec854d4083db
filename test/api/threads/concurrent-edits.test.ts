import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { updateThread } from '../../../src/api/threads/update.ts';
import { OPERATOR } from '../../../src/journal/audit.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createTenant } from '../../support/factories.ts';
import {
  connectPhone,
  createCorrespondence,
  expectCountsToFit,
  getList,
  mail,
  postNylas,
  postVonage,
} from '../../support/ingest.ts';

/** A provider tells more of a message while a person changes its conversation: one waits for the other, and both count. */

let t: TestApp;

beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

/** The person's transaction has the conversation when the provider comes, and only then writes the flag. */
async function resolveWhile(companyId: string, threadId: string, arrive: () => Promise<{ state: string }>) {
  const [, arriving] = await t.db.transaction(async (tx) => {
    await updateThread(tx, t.ring, companyId, threadId, OPERATOR, { strategy_tags: ['seen'] });
    const arriving = arrive();
    await vi.waitFor(async () => expect(await waitingForLocks()).toBe(1), { timeout: 900, interval: 10 });
    return [await updateThread(tx, t.ring, companyId, threadId, OPERATOR, { is_resolved: true }), arriving];
  });
  return arriving;
}

async function waitingForLocks(): Promise<number> {
  const [row] = await t.db.query<{ count: number }>({
    text: `
      SELECT count(*) FROM pg_locks
      WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  });
  return row?.count ?? 0;
}

describe('while a person changes its conversation', () => {
  it('a call whose direction turns out to be another one waits, and is counted once', async () => {
    const tenant = await createTenant(t.db);
    await connectPhone(t.db, tenant.companyId, '+13125550100');
    const event = { uuid: 'leg-race', conversation_uuid: 'CON-race', timestamp: '2026-05-12T14:30:00.000Z' };
    await postVonage(t, { ...event, to: '13125550100', status: 'started' });
    const [call] = (await getList(t, tenant, 'threads?direction=inbound')).data;

    const outcome = await resolveWhile(tenant.companyId, call?.id ?? '', () =>
      postVonage(t, { ...event, from: '13125550100', to: '16145550131', direction: 'outbound', status: 'ringing' }),
    );

    expect(outcome).toMatchObject({ state: 'applied' });
    expect(await getList(t, tenant, 'threads?direction=outbound&is_resolved=true')).toMatchObject({ count: 1 });
    await expectCountsToFit(t, tenant.companyId);
  });

  it('a truncated mail that comes whole waits, and neither waits for the other for ever', async () => {
    const tenant = await createCorrespondence(t.db);
    const { body: _, ...object } = mail(tenant.grantId).data.object;
    await postNylas(t, mail(tenant.grantId, { ...object, body: undefined }, { type: 'message.created.truncated' }));
    const [stored] = (await getList(t, tenant, 'emails')).data;

    const whole = mail(tenant.grantId, { ...object, body: '<p>Your invoice is overdue, please pay it.</p>' });
    const outcome = await resolveWhile(tenant.companyId, stored?.id ?? '', () => postNylas(t, whole));

    expect(outcome).toMatchObject({ state: 'applied' });
    expect(await getList(t, tenant, 'emails?is_ar_related=true&is_resolved=true')).toMatchObject({ count: 1 });
    await expectCountsToFit(t, tenant.companyId);
  });
});
