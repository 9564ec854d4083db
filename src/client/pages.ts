/** A page as every list answers it. */
export type Page<Row> = { data: Row[]; next_cursor?: string | null };

/**
 * Walks a list to its end by cursor, asking for the next page when the one before is used up. Rows that arrive
 * meanwhile are neither doubled nor do they push others out.
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
