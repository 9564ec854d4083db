import type { Db } from '../../src/db/client.ts';

/** By cell (`day` null) and by day: where what is counted, folded or not, isn't what is stored. */
export function miscounted(
  db: Db,
  companyId: string,
): Promise<{ cell: number; day: string | null; counted: number; stored: number }[]> {
  return db.query({
    text: `
      WITH stored AS (
        SELECT cell, ("timestamp" AT TIME ZONE 'UTC')::date AS day
        FROM communication_threads
        WHERE company_id = $1
      )
      SELECT cell, day::text, sum(counted)::int AS counted, sum(stored)::int AS stored
      FROM (
        SELECT cell, NULL::date AS day, messages AS counted, 0 AS stored FROM thread_counts WHERE company_id = $1
        UNION ALL
        SELECT cell, NULL, messages, 0 FROM thread_count_deltas WHERE company_id = $1 AND cell IS NOT NULL
        UNION ALL
        SELECT cell, NULL, 0, 1 FROM stored
        UNION ALL
        SELECT cell, day, messages, 0 FROM thread_day_counts WHERE company_id = $1
        UNION ALL
        SELECT cell & ~30, day, messages, 0 FROM thread_count_deltas WHERE company_id = $1 AND cell IS NOT NULL
        UNION ALL
        SELECT cell & ~30, day, 0, 1 FROM stored
      ) c
      GROUP BY cell, day
      HAVING sum(counted) <> sum(stored)`,
    values: [companyId],
  });
}
