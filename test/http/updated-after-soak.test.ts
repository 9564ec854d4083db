import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { importLines } from '../../src/transfer/import/import.ts';
import { spool } from '../../src/transfer/import/source.ts';
import { createTenant } from '../support/factories.ts';
import { toText } from '../support/import-world.ts';
import { settle } from '../support/settle.ts';
import {
  closeScenes,
  forgetTheBeginning,
  heldBack,
  owner,
  SERVERS,
  startScenes,
  t,
} from '../support/updated-after-scenes.ts';

/** Random writers, an import and readers who chain watermarks (contract §1, `updated_after`: none missed). */

beforeAll(startScenes, 120_000);
afterAll(closeScenes);

describe.each(Object.entries(SERVERS))('a few seconds of three writers, an import and readers: %s', (_, ask) => {
  it('misses nothing that was sent after a chain began', async () => {
    const tenant = await createTenant(t.db, { role: 'admin' });
    const { companyId, token } = tenant;
    const threads = Array.from({ length: THREADS }, () => newId());
    await t.db.query({
      text: `INSERT INTO communication_threads (company_id, id, thread_group_id, is_latest, message_count, "timestamp", communication_type, source, direction)
             SELECT $1, id, id, true, 1, now(), 'email', 'nylas', 'inbound' FROM unnest($2::uuid[]) AS id`,
      values: [companyId, threads],
    });
    await forgetTheBeginning(companyId);

    /** When each write was sent. */
    const sentAt = new Map<string, number>();
    const isOver = () => sentAt.size >= WRITES;
    const writer = async () => {
      while (!isOver()) {
        const id = threads.pop() ?? '';
        const began = Date.now();
        const url = `/api/companies/${companyId}/communications/threads/${id}`;
        const answer = await ask({ token, method: 'PATCH', url, payload: { strategy_tags: ['x'] } });
        if (answer.status === 200) sentAt.set(id, began);
        else {
          // While the import holds the company's lock.
          expect(answer.status).toBe(503);
          threads.push(id);
          await pause(20);
        }
      }
    };
    const importer = async () => {
      while (!isOver()) {
        const began = Date.now();
        const id = newId();
        const line = {
          type: 'thread',
          id,
          company_id: companyId,
          thread_group_id: newId(),
          communication_type: 'email',
          direction: 'inbound',
          timestamp: new Date().toISOString(),
        };
        const source = await spool(Readable.from([toText([line])]));
        await importLines(
          owner,
          t.ring,
          heldBack(source, pause(150), () => undefined),
        );
        await source.close();
        sentAt.set(id, began);
        await pause(300);
      }
    };
    const chains: { began: number; seen: Set<string>; mark: string }[] = [];
    const reader = async () => {
      while (!isOver()) {
        // No earlier than the millisecond of the events that it is to see.
        const began = Date.now() + 1;
        chains.push({ began, seen: new Set(), mark: new Date(began + 60_000).toISOString() });
        for (const chain of chains.slice(-3)) await goOn(chain);
        await pause(5);
      }
    };
    const goOn = async (chain: (typeof chains)[number]) => {
      const query = `communications/threads?page_size=100&updated_after=${encodeURIComponent(chain.mark)}`;
      let cursor: unknown;
      do {
        const at = cursor === undefined ? '' : `&cursor=${cursor}`;
        const { status, body } = await ask({ token, url: `/api/companies/${companyId}/${query}${at}` });
        expect(status, JSON.stringify(body)).toBe(200);
        for (const { id } of body.data) chain.seen.add(id);
        if (cursor === undefined) chain.mark = body.watermark as string;
        cursor = body.next_cursor ?? undefined;
      } while (cursor !== undefined);
    };
    await Promise.all([writer(), writer(), writer(), importer(), reader()]);
    await settle(t.db);
    let due = 0;
    const missed: string[] = [];
    for (const chain of chains) {
      await goOn(chain);
      const expected = [...sentAt].filter(([, at]) => at > chain.began).map(([id]) => id);
      due += expected.length;
      missed.push(...expected.filter((id) => !chain.seen.has(id)));
    }
    expect(due).toBeGreaterThan(WRITES);
    expect(missed).toEqual([]);
  });
});

/** Some seconds on a machine with nothing else to do. */
const WRITES = 150;
const THREADS = 2 * WRITES;
