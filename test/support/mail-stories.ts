import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { createContact, createCustomer, createInvoice, createTenant } from './factories.ts';
import { connectMailbox, expectCountsToFit, getList, mail, postNylas } from './ingest.ts';

/**
 * Kinds of mail that users of such products reported in public, played through the whole ingest: what comes in, and what a
 * collector must then see. To teach it another one, add a story.
 */

export const AR = { name: 'Harborline AR', email: 'ar@harborline.example' };
export const JANE = { name: 'Jane', email: 'jane@harborline.example' };
export const SAM = { name: 'Sam', email: 'sam@harborline.example' };
export const MARIA = { name: 'Maria Alder', email: 'maria@alder.example' };
export const ALDER_AP = { name: 'AP', email: 'ap@alder.example' };
export const JOE = { name: 'Joe Birch', email: 'joe@birch.example' };
export const SHARED = { name: 'AP', email: 'ap@sharedservices.example' };

/** A mail of a story: seconds after its beginning, the mailbox that tells of it, and what differs from a question of Maria's. */
export type Told = { at?: number; box?: 'ar' | 'jane'; type?: string; announced?: number } & Record<string, unknown>;
type Row = Record<string, unknown>;
export type Story = [what: string, told: Told[], rows: Row[], conversations?: number];

export const id = (value: string) => ({ headers: [{ name: 'Message-ID', value: `<${value}>` }] });
export const answers = (own: string, parent: string) => ({
  headers: [
    { name: 'Message-ID', value: `<${own}>` },
    { name: 'In-Reply-To', value: `<${parent}>` },
    { name: 'References', value: `<${parent}>` },
  ],
});
export const header = (name: string, value: string) => ({ headers: [{ name, value }] });
export const ours = { from: [AR], to: [MARIA], folders: ['SENT'] };
export const REMITTANCE = '<p>We pay INV-7001 today.</p>';
export const QUESTION = '<p>When must we pay INV-7001?</p>';
export const ANSWER = '<p>By Friday, thank you.</p>';

/** A test for each story, by kinds. */
export function playStories(kinds: Record<string, Story[]>): void {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  describe.each(Object.entries(kinds))('%s', (_kind, stories) => {
    it.each(stories)('%s', async (_what, told, expected, conversations) => {
      const { rows, start } = await tell(t, told);
      const seen = rows.map((row) => ({
        ...row,
        invoices: (row.invoices as { number: string }[]).map(({ number }) => number),
        timestamp: Date.parse(String(row.timestamp)) / 1000 - start,
      }));
      expect(seen).toMatchObject(expected);
      if (conversations !== undefined) expect(new Set(rows.map((row) => row.thread_group_id)).size).toBe(conversations);
    });
  });
}

async function tell(t: TestApp, story: Told[]) {
  const { tenant, grants } = await createMailCompany(t);
  const start = Math.floor(Date.now() / 1000) - 86_400;
  for (const event of toEvents(story, grants, start)) expect((await postNylas(t, event)).status).toBe(200);
  await expectCountsToFit(t, tenant.companyId);
  const rows = (await getList(t, tenant, 'threads?view=message&ordering=timestamp')).data;
  return { rows, start };
}

type Grants = { ar: string; jane: string };

/** The company of the stories: AR's mailbox takes all mail, Jane's known contacts only. */
export async function createMailCompany(t: TestApp) {
  const tenant = await createTenant(t.db);
  const grants: Grants = {
    ar: await connectMailbox(t.db, tenant, { email: AR.email }),
    jane: await connectMailbox(t.db, tenant, { email: JANE.email, sync: 'known_contacts' }),
  };
  const customers = [
    ['Alder Foods', ['INV-7001', 'INV-7002'], [MARIA, ALDER_AP]],
    ['Birch Motors', ['INV-8001'], [JOE]],
    ['Cedar Health', ['C-9001'], [SHARED]],
    ['Dogwood Health', ['D-9101'], [SHARED]],
  ] as const;
  const ids: Record<string, string> = {};
  for (const [name, numbers, contacts] of customers) {
    const customerId = await createCustomer(t.db, tenant.companyId, name);
    ids[name] = customerId;
    for (const number of numbers) await createInvoice(t.db, tenant.companyId, customerId, number);
    for (const contact of contacts) await createContact(t.db, tenant.companyId, customerId, contact);
  }
  return { tenant, grants, customers: ids };
}

/** The deliveries of a story, in its order. @param start second of its beginning */
export function toEvents(story: Told[], grants: Grants, start: number) {
  return story.map(({ at: given, box = 'ar', type, announced: told, ...object }, nth) => {
    const at = given ?? nth * 100;
    const announced = told ?? at + 3;
    const question = { from: [MARIA], to: [AR], subject: 'Question on INV-7001', body: QUESTION, folders: ['INBOX'] };
    const envelope = { time: start + announced, ...(type ? { type } : {}) };
    return mail(grants[box], { date: start + at, ...question, ...object }, envelope);
  });
}
