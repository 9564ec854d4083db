import { v7 } from 'uuid';

/** A UUID version 7, lower-case: ids made later sort later, so inserts stay at the index's end. */
export function newId(): string {
  return v7();
}
