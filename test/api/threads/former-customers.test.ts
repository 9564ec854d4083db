import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeThreadGroups } from '../../../src/conversations/merge.ts';
import { newId } from '../../../src/domain/ids.ts';
import { PROVIDER } from '../../../src/journal/audit.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createCustomer, createMessage, createTenant } from '../../support/factories.ts';
import { misjudgedFormerCustomers } from '../../support/former-customers.ts';
import { type Caller, callerWith } from '../../support/http.ts';

/** Conversations that change hands are in the lists of everybody they have messages of, once, by their latest message. */

let t: TestApp;
let companyId: string;
let caller: Caller;
let customers: string[];
beforeAll(async () => {
  t = await startTestApp();
  const tenant = await createTenant(t.db);
  companyId = tenant.companyId;
  caller = callerWith(t.app, tenant.token);
  customers = await Promise.all([1, 2, 3].map(() => createCustomer(t.db, companyId)));
});
afterAll(() => t.close());

const at = (minute: number) => new Date(Date.UTC(2026, 4, 12, 12, minute)).toISOString();
const customerOf = (nth: number) => customers[nth] ?? null;

/** @param minutes and customers of messages, in the order of their arrival */
async function conversation(messages: [minute: number, customer: number][]): Promise<string> {
  const threadGroupId = newId();
  for (const [minute, customer] of messages)
    await createMessage(t.db, t.ring, companyId, {
      threadGroupId,
      timestamp: at(minute),
      customerId: customerOf(customer),
    });
  return threadGroupId;
}

async function expectRight(): Promise<void> {
  expect(await misjudgedFormerCustomers(t.db, companyId)).toEqual([]);
}

async function groupsOf(customer: number): Promise<string[]> {
  const list = `/api/companies/${companyId}/communications/threads?page_size=500&customer_id=${customerOf(customer)}`;
  const { data, count } = (await caller.get(list)).json();
  expect(count).toBe(data.length);
  return data.map((thread: { thread_group_id: string }) => thread.thread_group_id);
}

/** The last stands for nobody. */
const message = fc.tuple(fc.nat(5), fc.nat(3));

describe('a conversation', () => {
  it('whose messages arrive in any order, of whomever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 6 }), async (messages) => {
        const group = await conversation(messages);
        await expectRight();
        for (const customer of [0, 1, 2])
          expect((await groupsOf(customer)).filter((id) => id === group)).toHaveLength(
            messages.some(([, of]) => of === customer) ? 1 : 0,
          );
      }),
      { numRuns: 40 },
    );
  });

  it('that two conversations turn out to be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 3 }), message, async (messages, one) => {
        const groups = [await conversation(messages), await conversation([one])];
        await t.db.transaction(async (tx) => mergeThreadGroups(tx, PROVIDER, companyId, groups));
        await expectRight();
      }),
      { numRuns: 20 },
    );
  });

  it('that a person gives to another customer, and to nobody', async () => {
    const group = await conversation([
      [1, 0],
      [2, 1],
      [3, 0],
    ]);
    const thread = await t.db.query<{ id: string }>({
      text: 'SELECT id FROM communication_threads WHERE company_id = $1 AND thread_group_id = $2 AND is_latest',
      values: [companyId, group],
    });
    for (const [customer, ofOne] of [
      [2, 1],
      [3, 1],
      [1, 1],
      [0, 0],
    ] as const) {
      const url = `/api/companies/${companyId}/communications/threads/${thread[0]?.id}`;
      const payload = { customer_id: customerOf(customer) };
      expect((await caller.send({ method: 'PATCH', url, payload })).statusCode).toBe(200);
      await expectRight();
      expect((await groupsOf(1)).filter((id) => id === group)).toHaveLength(ofOne);
    }
  });
});
