/** The response of every list that `eachRow` can page through. */
export type Page<Row> = { data: Row[]; next_cursor?: string | null };

/**
 * Iterates over a list to its end by cursor, and loads the next page when the rows of the one before are used up. Rows
 * that are added meanwhile cause neither duplicates nor gaps.
 */
export async function* eachRow<Row>(
  load: (cursor: string | undefined) => Promise<Page<Row>>,
): AsyncGenerator<Row, void> {
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    yield* page.data;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
