import type { Collection, Order } from './collection.ts';
import type { Selection } from './selection.ts';

/** What a page reads, as SQL: `after` are the parameters of the sort key and the id of the row before it. */
export type PageInput = {
  collection: Collection;
  columns: string;
  selection: Selection;
  after: string[] | undefined;
  fetchLimit: number;
  offset: number;
};

/** SQL of the condition that a row `t` comes after the row before the page. */
export function afterSql({ after }: Pick<PageInput, 'after'>, { key, type }: Order): string[] {
  return after ? [`(${key}, t.id) > (${after[0]}::${type}, ${after[1]}::uuid)`] : [];
}
