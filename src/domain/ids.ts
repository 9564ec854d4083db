import { v7 } from 'uuid';

/** A UUID version 7 in lower case. Later ids sort later, so that inserts go to the end of an index. */
export function newId(): string {
  return v7();
}

/** The plain form of a UUID of any version, in either case. */
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
