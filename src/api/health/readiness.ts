import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Db } from '../../db/client.ts';
import { findSchemaState, OLDEST_POSTGRES } from '../../db/migrate.ts';

/** The reason why the server isn't ready. `detail` is sent to clients and contains no internals; `cause` is logged. */
export type ReadinessFault = { detail: string; cause?: unknown };

/** @returns undefined when the server is ready */
export async function findReadinessFault(db: Db, ring: KeyRing): Promise<ReadinessFault | undefined> {
  try {
    const { missing, isNewer } = await findSchemaState((text) => db.query({ text }));
    if (isNewer) return { detail: 'The schema was made by a newer version.' };
    if (missing.length > 0) return { detail: 'Migrations are not applied.' };
    const [postgres] = await db.query<{ version: number }>({
      text: "SELECT current_setting('server_version_num')::int / 10000 AS version",
    });
    if (!postgres || postgres.version < OLDEST_POSTGRES) return { detail: 'PostgreSQL is too old.' };
    const keys = await db.query<{ id: number; canary: Buffer }>({
      text: 'SELECT id, canary FROM encryption_keys WHERE retired_at IS NULL AND promoted_at IS NOT NULL',
    });
    if (!keys.every((key) => ring.verifyCanary(key.id, key.canary)))
      return { detail: 'The encryption keys do not fit the database.' };
    return undefined;
  } catch (cause) {
    return { detail: 'The database can not be reached.', cause };
  }
}
