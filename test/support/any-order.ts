import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { rematchAll } from '../../src/ingest/rematch.ts';
import { startTestApp, type TestApp } from './app.ts';
import { createContact } from './factories.ts';
import { expectCountsToFit, getList, postNylas } from './ingest.ts';
import { ANSWER, answers, createMailCompany, id, ours, type Told, toEvents } from './mail-stories.ts';
import { seeded, shuffled } from './mailbox-world.ts';

/**
 * Mail that is delivered in the natural order, backwards, shuffled, twice and all at once: the record is the same. To teach
 * the tests another story, add it to one of them with what the record shows at the end.
 */

/** Maria's question and the answer to it; a story says what differs. */
export const asked = { id: 'q', thread_id: 'a', at: 0, ...id('q@a') };
export const sent = { ...ours, id: 's', thread_id: 'a', at: 300, body: ANSWER, ...answers('s@h', 'q@a') };
export const OPEN = { direction: 'inbound', requires_response: true, customer: 'Alder Foods' };
export const ANSWERED = { ...OPEN, requires_response: false };
export const OURS = { direction: 'outbound', requires_response: false, customer: 'Alder Foods' };

type Row = Record<string, unknown>;
/** `folder`: a folder event; `later`: a contact who is created after the deliveries, and then matched again. */
type FolderTold = { folder: string; attributes: string[]; box?: 'ar' | 'jane' };
type Later = { customer: string; contact: { name: string; email: string } };
/** `isPlayedInOrder`: by a rule of `docs/mail-and-calls.md` the order of the deliveries matters. */
export type OrderStory = {
  told: (Told | FolderTold)[];
  rows: Row[];
  conversations: number;
  later?: Later;
  isPlayedInOrder?: true;
};

const SHUFFLES = 4;
const random = seeded(20_261_201);

/** A test for each story. */
export function playInAnyOrder(stories: Record<string, OrderStory>): void {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  describe('whatever the order of the deliveries, the record is the same', () => {
    it.each(Object.entries(stories))('%s', async (_what, story) => {
      const natural = await play(t, story, (events) => events);
      expect(natural).toMatchObject(story.rows);
      expect(new Set(natural.map(({ conversation }) => conversation)).size).toBe(story.conversations);
      for (const [how, order, atOnce] of orders(story))
        expect([how, await play(t, story, order, atOnce)]).toEqual([how, natural]);
    });
  });
}

type Delivery = ReturnType<typeof toEvents>[number] | object;

function orders({ isPlayedInOrder }: OrderStory): [string, (events: Delivery[]) => Delivery[], boolean][] {
  const shuffles = Array.from({ length: SHUFFLES }, (_, nth) => {
    const order = (events: Delivery[]) => shuffled(events, random);
    return [`shuffle ${nth}`, order, false] as [string, typeof order, boolean];
  });
  const inOrder: ReturnType<typeof orders> = [
    ['each twice', (events) => events.flatMap((event) => [event, event]), false],
    ['all twice, announced anew', (events) => [...events, ...events.map(anew)], false],
  ];
  if (isPlayedInOrder) return inOrder;
  return [
    ...inOrder,
    ['backwards', (events) => events.toReversed(), false],
    ...shuffles,
    ['shuffled, each twice', (events) => shuffled([...events, ...events.map(anew)], random), false],
    ['at once', (events) => events, true],
    ['backwards at once', (events) => events.toReversed(), true],
  ];
}

/** The same under another id of the envelope. */
const anew = (event: Delivery): Delivery => ({ ...event, id: newId() });

async function play(
  t: TestApp,
  { told, later }: OrderStory,
  order: (events: Delivery[]) => Delivery[],
  atOnce = false,
): Promise<Row[]> {
  const { tenant, grants, customers } = await createMailCompany(t);
  const start = Math.floor(Date.now() / 86_400_000) * 86_400 - 86_400 * 3;
  const events = told.map((one) => (isFolder(one) ? folderEvent(one, grants) : toEvents([one], grants, start)[0]));
  const post = async (event: Delivery) => expect((await postNylas(t, event)).status).toBe(200);
  const deliveries = order(events as Delivery[]);
  if (atOnce) await Promise.all(deliveries.map(post));
  else for (const event of deliveries) await post(event);
  if (later) {
    await createContact(t.db, tenant.companyId, customers[later.customer] ?? '', later.contact);
    await rematchAll(t.db);
  }
  await expectCountsToFit(t, tenant.companyId);
  return readRows(t, tenant, start);
}

const isFolder = (one: Told | FolderTold): one is FolderTold => 'attributes' in one;

function folderEvent({ folder, attributes, box = 'ar' }: FolderTold, grants: { ar: string; jane: string }): Delivery {
  const object = { object: 'folder', id: folder, grant_id: grants[box], name: 'X', attributes };
  return { type: 'folder.created', id: newId(), data: { object } };
}

/** What HTTP shows of a company, without ids: conversations are called by the place of their first message. */
async function readRows(t: TestApp, tenant: { companyId: string; token: string }, start: number): Promise<Row[]> {
  const listed = (await getList(t, tenant, 'threads?view=message&ordering=timestamp&page_size=100')).data;
  const latest = new Set((await getList(t, tenant, 'threads?page_size=100')).data.map((row) => row.id));
  const rows = listed.map((row) => ({
    at: Date.parse(String(row.timestamp)) / 1000 - start,
    subject: row.subject,
    from: (row.from as { email: string } | null)?.email,
    to: row.to,
    cc: row.cc,
    direction: row.direction,
    customer: row.customer_name,
    contact: row.contact_name,
    requires_response: row.requires_response,
    is_ar_related: row.is_ar_related,
    invoices: (row.invoices as { number: string }[]).map(({ number }) => number),
    preview: row.preview,
    has_attachments: row.has_attachments,
    message_count: row.message_count,
    latest: latest.has(row.id),
    group: row.thread_group_id,
  }));
  const key = (row: Row) => `${String(row.at).padStart(12)} ${row.from} ${row.preview}`;
  rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const groups = [...new Set(rows.map(({ group }) => group))];
  return rows.map(({ group, ...row }) => ({ ...row, conversation: groups.indexOf(group) }));
}
