import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listedParties } from '../../../src/conversations/listed-parties.ts';
import type { StoredParties } from '../../../src/db/schema.ts';
import { rematchAll } from '../../../src/ingest/rematch.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  createAction,
  createContact,
  createCustomer,
  createMessage,
  createTouchpoint,
} from '../../support/factories.ts';
import {
  connectMailbox,
  connectPhone,
  createCorrespondence,
  getList,
  mail,
  postNylas,
  postVonage,
} from '../../support/ingest.ts';
import { inventWorld, seeded, shuffled } from '../../support/mailbox-world.ts';
import { settle } from '../../support/settle.ts';
import { vonageCall } from '../../support/vonage-samples.ts';

/** What providers and operators change is told as well: whoever follows the feed never shows what isn't there any more. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Tenant = Awaited<ReturnType<typeof createCorrespondence>>;
type FeedEvent = { type: string; thread_id: string; thread_group_id: string; user_id: string | null };
type Message = { id: string; thread_group_id: string; subject: string } & StoredParties & Record<string, unknown>;

async function get(tenant: Tenant, path: string) {
  const url = `/api/companies/${tenant.companyId}/communications/${path}`;
  return (await t.app.inject({ url, headers: { authorization: `Token ${tenant.token}` } })).json();
}

/** Reads the feed from a place, once everything older than now has ended. */
async function eventsAfter(tenant: Tenant, after?: string): Promise<{ data: FeedEvent[]; next_after: string }> {
  await settle(t.db);
  return get(tenant, `events?limit=500${after ? `&after=${after}` : ''}`);
}

describe('a call', () => {
  it('is told of when it begins, and each time that an event says more of it', async () => {
    const tenant = await createCorrespondence(t.db);
    await connectPhone(t.db, tenant.companyId, '+442079460000');
    const states = [];
    for (const event of [...vonageCall, ...vonageCall]) states.push((await postVonage(t, event)).state);
    const applied = states.filter((state) => state === 'applied').length;
    expect(applied).toBeGreaterThan(2);

    const [call] = (await getList(t, tenant, 'threads')).data;
    const { data } = await eventsAfter(tenant);

    const of = (type: string) => ({ type, thread_id: call?.id, thread_group_id: call?.thread_group_id, user_id: null });
    expect(data).toMatchObject([of('thread.created'), ...Array(applied - 1).fill(of('thread.updated'))]);
    expect(data).toHaveLength(applied);
  });
});

describe('conversations that a late mail shows to be one', () => {
  it('tell of it, each by the message that stood for it in the lists', async () => {
    const tenant = await createCorrespondence(t.db);
    const second = await connectMailbox(t.db, tenant, { email: 'sam@northwind.example' });
    const answers = [{ name: 'In-Reply-To', value: '<root@acme.example>' }];
    await postNylas(t, mail(tenant.grantId, { headers: answers, subject: 'One' }));
    await postNylas(t, mail(tenant.grantId, { headers: answers, subject: 'Other' }));
    const apart = (await getList(t, tenant, 'threads')).data;
    expect(apart).toHaveLength(2);
    const { next_after } = await eventsAfter(tenant);

    await postNylas(
      t,
      mail(second, {
        headers: [{ name: 'Message-ID', value: '<root@acme.example>' }],
        subject: 'Root',
        date: 1_759_999_000,
      }),
    );

    const { data: together, count } = await getList(t, tenant, 'threads?view=message');
    expect(count).toBe(3);
    const [threadGroupId, ...others] = new Set(together.map((row) => row.thread_group_id));
    expect(others).toEqual([]);
    const { data } = await eventsAfter(tenant, next_after);
    expect(data).toMatchObject(
      ['thread.updated', 'thread.updated', 'thread.created'].map((type) => ({ type, thread_group_id: threadGroupId })),
    );
    expect(new Set(data.slice(0, 2).map((event) => event.thread_id))).toEqual(new Set(apart.map(({ id }) => id)));
  });
});

describe('a truncated mail', () => {
  it('is told of again when another delivery brings its body', async () => {
    const tenant = await createCorrespondence(t.db);
    const object = { id: 'long-1', thread_id: 'long-1', body: undefined, snippet: 'The scans.' };
    await postNylas(t, mail(tenant.grantId, object, { type: 'message.created.truncated' }));
    const { next_after } = await eventsAfter(tenant);

    await postNylas(t, mail(tenant.grantId, { ...object, body: '<p>The scans.</p>' }));

    const [email] = (await getList(t, tenant, 'emails')).data;
    expect((await eventsAfter(tenant, next_after)).data).toMatchObject([
      { type: 'thread.updated', thread_id: email?.id },
    ]);
  });
});

describe('`comms ingest rematch`', () => {
  it('is one event a conversation that it changed, and none for the others', async () => {
    const tenant = await createCorrespondence(t.db);
    const from = [{ email: 'eve@late.example' }];
    for (const thread of ['k', 'k', 'k', 'l'])
      await postNylas(t, mail(tenant.grantId, { from, thread_id: `${thread}-${tenant.grantId}` }));
    await postNylas(t, mail(tenant.grantId, { from: [{ email: 'somebody@else.example' }] }));
    const customerId = await createCustomer(t.db, tenant.companyId, 'Latecomers');
    await createContact(t.db, tenant.companyId, customerId, { name: 'Eve', email: 'eve@late.example' });
    const { next_after } = await eventsAfter(tenant);

    expect(await rematchAll(t.db)).toMatchObject({ matched: 4 });

    const matched = (await getList(t, tenant, `threads?customer_id=${customerId}`)).data;
    expect(matched).toHaveLength(2);
    const { data, next_after: later } = await eventsAfter(tenant, next_after);
    expect(data).toMatchObject([{ type: 'thread.updated' }, { type: 'thread.updated' }]);
    expect(new Set(data.map((event) => event.thread_group_id))).toEqual(
      new Set(matched.map((row) => row.thread_group_id)),
    );
    await rematchAll(t.db);
    expect((await eventsAfter(tenant, later)).data).toEqual([]);
  });
});

describe('a log that completes what another message shows as well', () => {
  it('tells of that message too, and shows it to who asks what was updated', async () => {
    const tenant = await createCorrespondence(t.db);
    const { companyId, customerId, token } = tenant;
    const steps = {
      scheduledActionId: await createAction(t.db, companyId, customerId),
      scheduledTouchpointId: await createTouchpoint(t.db, companyId, customerId),
    };
    const mailOfStep = await createMessage(t.db, t.ring, companyId, { customerId, ...steps });
    const before = await eventsAfter(tenant);
    const { watermark } = await get(tenant, 'threads?updated_after=2000-01-01T00:00:00Z');
    const log = async () => {
      const response = await t.app.inject({
        method: 'POST',
        url: `/api/companies/${companyId}/communications/log-manual`,
        headers: { authorization: `Token ${token}` },
        payload: {
          communication_type: 'call',
          notes: 'Done.',
          scheduled_action_id: steps.scheduledActionId,
          scheduled_touchpoint_id: steps.scheduledTouchpointId,
        },
      });
      expect(response.statusCode).toBe(201);
      return response.json();
    };

    const completing = await log();

    const { data, next_after } = await eventsAfter(tenant, before.next_after);
    expect(data).toMatchObject([
      { type: 'thread.updated', thread_id: mailOfStep.id, user_id: tenant.userId },
      { type: 'thread.created', thread_id: completing.id },
    ]);
    expect(await get(tenant, `threads/${mailOfStep.id}`)).toMatchObject({
      scheduled_action: { status: 'completed' },
      scheduled_touchpoint: { status: 'completed' },
    });
    const changed: Message[] = (await get(tenant, `threads?updated_after=${watermark}`)).data;
    expect(new Set(changed.map(({ id }) => id))).toEqual(new Set([mailOfStep.id, completing.id]));

    // What stands completed is changed by no further log.
    const second = await log();
    expect((await eventsAfter(tenant, next_after)).data).toMatchObject([
      { type: 'thread.created', thread_id: second.id },
    ]);
  });
});

describe('a program that asks again for what an event names, and for nothing else', () => {
  it('holds at every time what the server holds, while mail arrives in any order, merges and is matched', async () => {
    const random = seeded(7);
    const tenant = await createCorrespondence(t.db);
    const second = await connectMailbox(t.db, tenant, { email: 'sam@northwind.example' });
    const { events } = inventWorld(random, 60, { first: tenant.grantId, second }, 'follower');
    const held = new Map<string, Message>();
    let after = (await eventsAfter(tenant)).next_after;
    let told = 0;

    /** One GET for each message that an event names: it answers the whole conversation. */
    const follow = async () => {
      const { data, next_after } = await eventsAfter(tenant, after);
      after = next_after;
      told += data.length;
      for (const id of new Set(data.map((event) => event.thread_id))) {
        const { messages, ...named } = await get(tenant, `threads/${id}`);
        for (const message of [named, ...messages]) held.set(message.id, message);
      }
    };

    const deliveries = shuffled(events, random);
    while (deliveries.length > 0) {
      for (const event of deliveries.splice(0, 15)) await postNylas(t, event);
      await follow();
      await expectSameMessages(tenant, held);
    }
    const customerId = await createCustomer(t.db, tenant.companyId, 'Latecomers');
    const email = await commonSender(tenant);
    await createContact(t.db, tenant.companyId, customerId, { name: 'Eve', email });
    expect((await rematchAll(t.db)).matched).toBeGreaterThan(0);
    await follow();
    await expectSameMessages(tenant, held);
    expect(told).toBeGreaterThan(held.size);
  });
});

async function commonSender({ companyId }: Tenant): Promise<string> {
  const [row] = await t.db.query<{ email: string }>({
    text: `SELECT from_address ->> 'email' AS email FROM communication_threads
           WHERE company_id = $1 AND contact_id IS NULL AND direction = 'inbound' AND from_address ->> 'email' LIKE '%@%'
           GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
    values: [companyId],
  });
  return row?.email ?? '';
}

/** Every field of every message; a list row holds those of the detail but its body. */
async function expectSameMessages(tenant: Tenant, held: Map<string, Message>): Promise<void> {
  const { data, count } = await getList(t, tenant, 'threads?view=message&page_size=500');
  expect(held.size).toBe(count);
  const stale = data.filter((row) => {
    const known = held.get(row.id);
    if (!known) return true;
    // A list cuts a subject to 2,000 characters, and recipients by their number and bytes.
    const { from, to, cc } = known;
    const subject = [...known.subject].slice(0, 2_000).join('');
    const parties = listedParties({ from, to, cc });
    const shown: Message = { ...known, subject, ...(parties && { ...parties, recipients_truncated: true }) };
    return Object.entries(row).some(([field, value]) => !isDeepStrictEqual(shown[field], value));
  });
  expect(stale).toEqual([]);
}
