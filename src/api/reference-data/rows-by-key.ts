/**
 * SQL of the rows of a company `$1` with one of the ids `$2` or of the external ids `$3`, each looked up in its unique
 * index. A row that is found by both is returned twice.
 *
 * The statistics lag behind a company that is being filled: PostgreSQL expects one row of a company that they don't
 * list, and would read all its rows for each key. The scalar subquery hides which company it is, so that the plan is
 * made for an average one. `LIMIT` excludes other joins than one look-up for each key.
 * @param columns SQL over a row `t`
 * @param locking the locking clause of each row, or ''
 */
export function rowsByKeySql(table: string, columns: string, locking = ''): string {
  const rows = (keys: string, condition: string) => `
      SELECT t.*
      FROM unnest(${keys}) AS k(key)
      CROSS JOIN LATERAL (
        SELECT ${columns}
        FROM ${table} t
        WHERE t.company_id = (SELECT $1::uuid) AND ${condition}
        LIMIT 1
        ${locking}
      ) t`;
  return `${rows('$2::uuid[]', 't.id = k.key')}
      UNION ALL${rows('$3::text[]', 't.external_id IS NOT NULL AND t.external_id = k.key')}`;
}
