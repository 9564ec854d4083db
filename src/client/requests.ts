import type { operations } from './openapi.ts';

/** The query of an operation. */
export type QueryOf<Name extends keyof operations> = NonNullable<operations[Name]['parameters']['query']>;

/** The response's body. When the server refuses, the request itself throws `ApiProblem`. */
export async function bodyOf<Body>(response: Promise<{ data?: Body }>): Promise<Body> {
  return (await response).data as Body;
}

/** The response of every list that `iterateOver` can page through. */
type Page<Row> = { data: Row[]; next_cursor?: string | null };
/** The query without its paging parameters, which `iterateOver` sets. */
type Unpaged<Query> = Omit<Query, 'page' | 'limit' | 'offset' | 'cursor'>;

/**
 * Makes a function that iterates over a list to its end by cursor, and loads the next page when the rows of the one
 * before are used up. Rows that are added meanwhile cause neither duplicates nor gaps.
 */
export function iterateOver<Query, Row>(list: (query?: Query) => Promise<Page<Row>>) {
  return async function* (query?: Unpaged<Query>): AsyncGenerator<Row, void> {
    let cursor: string | undefined;
    do {
      const page = await list({ ...query, ...(cursor ? { cursor } : {}) } as Query);
      yield* page.data;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  };
}
