import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { importLines } from '../../src/transfer/import/import.ts';
import { spool } from '../../src/transfer/import/source.ts';
import { toText } from '../support/import-world.ts';
import { settle } from '../support/settle.ts';
import {
  type Ask,
  change,
  closeScenes,
  createScene,
  heldBack,
  LISTS,
  type List,
  openTransaction,
  owner,
  readPage,
  type Scene,
  SERVERS,
  second,
  shownBy,
  startScenes,
  t,
} from '../support/updated-after-scenes.ts';

/**
 * `updated_after` on every list that takes it, against writers whose transactions begin, write down what they did and
 * commit in the worst order (contract §1: none missed, whatever committed late or was imported meanwhile). A second
 * connection holds a transaction open on purpose; random writers follow.
 */

beforeAll(startScenes, 120_000);
afterAll(closeScenes);

describe.each(Object.entries(SERVERS))('%s', (_, ask) => {
  describe.each(Object.entries(LISTS))('%s', (_, list) => {
    it('from a time: a change whose transaction began first and wrote its event last', async () => {
      const scene = await createScene(ask);
      const since = new Date().toISOString();
      const slow = await openTransaction(scene, list);
      await slow.write();
      await change(ask, scene, list);
      await slow.record();
      await slow.commit();
      await settle(t.db);
      const { ids } = await readPage(ask, scene, list.path, since);
      expect(ids).toEqual(expect.arrayContaining(shownBy(scene, list)));
    });

    it('on a chain that begins with a time while the change is open, though its event is long written', async () => {
      const scene = await createScene(ask);
      const [late, other] = shownBy(scene, list);
      const since = new Date().toISOString();
      const slow = await openTransaction(scene, list);
      await slow.write();
      await slow.record();
      await change(ask, scene, list);
      const first = await readPage(ask, scene, list.path, since);
      await slow.commit();
      const next = await readPage(ask, scene, list.path, first.watermark);
      expect(first.ids).toContain(other);
      expect(first.ids).not.toContain(late);
      expect(next.ids).toContain(late);
    });

    it('on a chain of watermarks, with 304s and cached responses in between', async () => {
      const scene = await createScene(ask);
      const [late, other] = shownBy(scene, list);
      const { watermark: mark } = await readPage(ask, scene, list.path, new Date().toISOString());
      const slow = await openTransaction(scene, list);
      await slow.write();
      await slow.record();
      await change(ask, scene, list);
      let during = await readPage(ask, scene, list.path, mark);
      // Often enough that every worker has the response in its cache.
      for (let nth = 0; nth < 8; nth += 1) {
        during = await readPage(ask, scene, list.path, mark);
        expect(during.ids).toContain(other);
        expect(during.ids).not.toContain(late);
      }
      const ifNoneMatch = { 'if-none-match': during.etag ?? '' };
      expect((await readPage(ask, scene, list.path, mark, ifNoneMatch)).status).toBe(304);
      await slow.commit();
      for (let nth = 0; nth < 4; nth += 1) {
        const again = await readPage(ask, scene, list.path, mark, nth % 2 ? {} : ifNoneMatch);
        expect(again.status).toBe(200);
        expect(again.ids).toEqual(expect.arrayContaining([late, other]));
      }
      expect((await readPage(ask, scene, list.path, during.watermark)).ids).toContain(late);
    });

    it('though it commits while the list is being read', async () => {
      const scene = await createScene(ask);
      const [late] = shownBy(scene, list);
      const since = new Date().toISOString();
      await change(ask, scene, list);
      const slow = await openTransaction(scene, list);
      await slow.write();
      // The reader stops where it looks for the first event since, before its rows or after them.
      const blocker = new pg.Client({ connectionString: t.database.ownerUrl });
      await blocker.connect();
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE');
      const reading = readPage(ask, scene, list.path, since);
      await aReaderWaits();
      await slow.commit();
      await blocker.query('COMMIT');
      await blocker.end();
      const first = await reading;
      const next = await readPage(ask, scene, list.path, first.watermark);
      expect([...first.ids, ...next.ids]).toContain(late);
    });
  });

  it('an import that stages its rows while somebody else writes', async () => {
    const scene = await createScene(ask);
    const { companyId } = scene;
    const list = LISTS.threads as List;
    const imported = newId();
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const source = await spool(
      Readable.from([
        toText([
          {
            type: 'thread',
            id: imported,
            company_id: companyId,
            thread_group_id: newId(),
            communication_type: 'email',
            direction: 'inbound',
            timestamp: '2026-05-12T14:30:00.000Z',
          },
        ]),
      ]),
    );
    const since = new Date().toISOString();
    let importing: Promise<unknown> | undefined;
    await new Promise<void>((onStaged) => {
      importing = importLines(owner, t.ring, heldBack(source, gate, onStaged));
    });
    await change(ask, scene, list);
    const during = await readPage(ask, scene, list.path, since);
    goOn();
    await importing;
    await source.close();
    await settle(t.db);
    expect(during.ids).toContain(second(scene, 'messages'));
    expect((await readPage(ask, scene, list.path, since)).ids).toEqual(
      expect.arrayContaining([imported, second(scene, 'messages')]),
    );
    expect((await readPage(ask, scene, list.path, during.watermark)).ids).toContain(imported);
  });
});

async function aReaderWaits(): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity a
                   WHERE a.datname = current_database() AND a.wait_event_type = 'Lock' AND a.query LIKE '%min(a.transaction_id)%'`;
  while ((await t.db.query({ text: waiting })).length === 0) await pause(5);
}

describe('where a time begins', () => {
  const MINUTE_MS = 60_000;

  /** The id of an event that a process wrote at a time by its own clock. */
  function eventIdAt(milliseconds: number): string {
    const hex = milliseconds.toString(16).padStart(12, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${newId().slice(-12)}`;
  }

  async function writtenAt(milliseconds: number): Promise<{ scene: Scene; id: string }> {
    const scene = await createScene(SERVERS['one process'] as Ask);
    const slow = await openTransaction(scene, LISTS.threads as List);
    await slow.write();
    await slow.record(eventIdAt(milliseconds));
    await slow.commit();
    await settle(t.db);
    return { scene, id: scene.ids.messages?.[0] ?? '' };
  }

  const readFrom = async (scene: Scene, time: string) =>
    (await readPage(SERVERS['one process'] as Ask, scene, 'communications/threads', time)).ids;

  it('in the millisecond of the event, however many digits the time has, and not one later', async () => {
    const now = Date.now();
    const { scene, id } = await writtenAt(now);
    const bound = new Date(now + MINUTE_MS).toISOString();
    for (const time of [bound, bound.replace('Z', '999999Z'), bound.replace('Z', '000+00:00')])
      expect(await readFrom(scene, time), time).toEqual([id]);
    expect(await readFrom(scene, new Date(now + MINUTE_MS + 1).toISOString())).toEqual([]);
  });

  it('though the clock of the process that wrote it is almost a minute behind the client’s', async () => {
    const { scene, id } = await writtenAt(Date.now() - MINUTE_MS + 5_000);
    expect(await readFrom(scene, new Date().toISOString())).toEqual([id]);
  });

  it('though that clock is ahead', async () => {
    const { scene, id } = await writtenAt(Date.now() + MINUTE_MS);
    expect(await readFrom(scene, new Date().toISOString())).toEqual([id]);
  });
});

/**
 * Chains that each begin with a time while others write. The time lies a minute ahead, so that an answer begins with the
 * events of this very moment: what was written in the minute before would hide that something is missing.
 */
