import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../src/db/client.ts';

/**
 * Waits until every transaction of this PostgreSQL that is older than now has ended, those of other tests too: before
 * that the event feed and `updated_after` hold back what is younger.
 */
export async function settle(db: Db): Promise<void> {
  const [now] = await db.query<{ xid: string }>({ text: 'SELECT pg_current_xact_id()::text AS xid' });
  const isOver = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS over';
  for (let over = false; !over; await pause(10))
    over = (await db.query<{ over: boolean }>({ text: isOver, values: [now?.xid] }))[0]?.over ?? false;
}
