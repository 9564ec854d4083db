import type pg from 'pg';

/** A statement as it goes over the wire. With a `name` it is prepared once a connection: its text must never vary. */
export type Statement = {
  name?: string;
  text: string;
  values?: unknown[];
  /** Makes a row of its values, in the order of the columns; without, it is an object by the columns' names. */
  read?: (values: never) => unknown;
};

/**
 * Sends a statement and resolves with its rows. Objects by column name are slow to make of many columns, so a statement
 * with `read` gets the bare values.
 */
export async function ask<Row>(client: pg.PoolClient, { read, ...statement }: Statement): Promise<Row[]> {
  if (!read) return (await client.query(statement)).rows;
  const { rows } = await client.query<never[]>({ ...statement, rowMode: 'array' });
  return rows.map((values: unknown[]) => {
    const row = read(values as never);
    // V8 takes the driver's rows for long-lived: one that is no longer referenced would keep all that it holds until the next
    // full collection, and every page would be copied twice on its way there.
    values.fill(null);
    return row;
  }) as Row[];
}
