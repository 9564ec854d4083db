import { v7 } from 'uuid';

/** A UUID version 7, lower-case: ids made later sort later, so inserts stay at the index's end. */
export function newId(): string {
  return v7();
}

/** The plain form of a UUID of any version, in either case. */
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
