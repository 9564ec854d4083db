import type pg from 'pg';

/**
 * A statement for the driver. One with a `name` is prepared once per connection, so a name must always be used with the
 * same text.
 */
export type Statement = {
  name?: string;
  text: string;
  values?: unknown[];
  /** Converts the values of a row, in the order of the columns. Without it, a row is an object by column name. */
  read?: (values: never) => unknown;
};

/**
 * Sends a statement and resolves with its rows. Creating objects by column name is slow for many columns, so `read`
 * gets the array of values.
 */
export async function sendStatement<Row>(client: pg.PoolClient, { read, ...statement }: Statement): Promise<Row[]> {
  if (!read) return (await client.query(statement)).rows;
  const { rows } = await client.query<never[]>({ ...statement, rowMode: 'array' });
  return rows.map((values: unknown[]) => {
    const row = read(values as never);
    // V8 promotes the driver's row arrays to the old generation. Unless they are emptied, their values stay in memory until
    // the next full collection, and every page is copied twice before.
    values.fill(null);
    return row;
  }) as Row[];
}
