import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  connectMailbox,
  createCorrespondence,
  expectCountsToFit,
  getList,
  ledgerOf,
  postNylas,
} from '../support/ingest.ts';
import { inventWorld, seeded, shuffled, type TrueMail } from '../support/mailbox-world.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

/** Companies at once; within one the mails are placed one at a time. */
const COMPANIES = 4;
const CONVERSATIONS = 500;
const SENDERS = 8;

type Stored = {
  id: string;
  thread_group_id: string;
  subject: string;
  body: string | null;
  timestamp: string;
  is_latest: boolean;
  copies: string[];
};

describe('thousands of conversations, shuffled, with duplicates, in two mailboxes', () => {
  it('become exactly the conversations that there were, every subject and body as it was sent', async () => {
    const random = seeded(20_261_123);
    const companies = [];
    for (let nth = 0; nth < COMPANIES; nth += 1) {
      const tenant = await createCorrespondence(t.db);
      const second = await connectMailbox(t.db, tenant, { email: 'sam@northwind.example' });
      const world = inventWorld(random, CONVERSATIONS, { first: tenant.grantId, second }, `w${nth}`);
      companies.push({ tenant, world });
    }

    const events = companies.flatMap(({ world }) => world.events);
    const replays = events.filter(() => random() < 0.1);
    const again = events.filter(() => random() < 0.05).map((event, nth) => ({ ...event, id: `again-${nth}` }));
    const statuses = await sendAll(shuffled([...events, ...replays, ...again], random));
    expect(statuses).toEqual({ 200: events.length + replays.length + again.length });

    let mails = 0;
    for (const { tenant, world } of companies) {
      const stored = await storedMails(tenant.companyId);
      mails += stored.length;
      expect(partitionOf(stored.map(({ copies, thread_group_id }) => [copies, thread_group_id]))).toEqual(
        partitionOf(world.mails.map(({ copies, conversation }) => [copies.toSorted(), String(conversation)])),
      );
      expectSameTexts(stored, world.mails);
      expectNewestElected(stored, world.mails);
      expect((await getList(t, tenant, 'emails?page_size=1')).count).toBe(world.conversations);
      expect((await getList(t, tenant, 'threads?view=message&page_size=1')).count).toBe(world.mails.length);
      await expectCountsToFit(t, tenant.companyId);
    }

    const ledger = await ledgerOf(t.db);
    const copies = events.length - mails;
    const same = (ledger['nylas duplicate same_mail'] ?? 0) + (ledger['nylas duplicate same_message'] ?? 0);
    expect(ledger['nylas applied']).toBe(mails);
    expect(same).toBe(copies + again.length);
    const [{ deliveries } = { deliveries: 0 }] = await t.db.query<{ deliveries: number }>({
      text: 'SELECT sum(deliveries)::bigint AS deliveries FROM webhook_events',
    });
    expect(deliveries).toBe(events.length + replays.length + again.length);
  }, 240_000);
});

async function sendAll(events: object[]): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  const queue = events.entries();
  const sender = async () => {
    for (const [nth, event] of queue) {
      const { status } = await postNylas(t, event, { gzip: nth % 5 === 0 });
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return statuses;
}

function storedMails(companyId: string): Promise<Stored[]> {
  return t.db.query<Stored>({
    text: `
      SELECT t.id, t.thread_group_id, t.subject, t.body, t."timestamp", t.is_latest,
             ARRAY(SELECT c FROM (SELECT t.grant_id || '/' || t.provider_message_id AS c
                                  UNION ALL
                                  SELECT m.grant_id || '/' || m.provider_message_id FROM mail_copies m
                                  WHERE m.company_id = $1 AND m.thread_id = t.id) copies
                   ORDER BY c COLLATE "C") AS copies
      FROM communication_threads t
      WHERE t.company_id = $1`,
    values: [companyId],
  });
}

/** Which mails stand together, whatever the group is called: `copies` of a mail joined, mails of a group sorted. */
function partitionOf(mails: [copies: string[], group: string][]): string[] {
  const groups = new Map<string, string[]>();
  for (const [copies, group] of mails) groups.set(group, [...(groups.get(group) ?? []), copies.join(' = ')]);
  return [...groups.values()].map((members) => members.toSorted().join(' | ')).toSorted();
}

/** PostgreSQL can't hold NUL and half a pair; the contract says what stands in their place. */
function asStored(text: string | null): string | null {
  return text === null
    ? null
    : [...text.replaceAll('\0', '\uFFFD')].map((c) => (/^[\uD800-\uDFFF]$/.test(c) ? '\uFFFD' : c)).join('');
}

function expectSameTexts(stored: Stored[], mails: TrueMail[]): void {
  const truth = new Map(mails.map((mail) => [mail.copies.toSorted().join(), mail]));
  for (const { copies, subject, body } of stored) {
    const mail = truth.get(copies.join());
    expect({ subject, body }).toEqual({ subject: asStored(mail?.subject ?? null), body: asStored(mail?.body ?? null) });
  }
}

function expectNewestElected(stored: Stored[], mails: TrueMail[]): void {
  const truth = new Map(mails.map((mail) => [mail.copies.toSorted().join(), mail]));
  const newest = new Map<number, number>();
  const dated = new Set(mails.filter(({ seconds }) => seconds === null).map(({ conversation }) => conversation));
  for (const { conversation, seconds } of mails)
    newest.set(conversation, Math.max(newest.get(conversation) ?? 0, seconds ?? 0));
  for (const { copies, is_latest, timestamp } of stored) {
    const mail = truth.get(copies.join());
    if (!mail || !is_latest || dated.has(mail.conversation)) continue;
    expect(Date.parse(timestamp) / 1000).toBe(newest.get(mail.conversation));
  }
}
