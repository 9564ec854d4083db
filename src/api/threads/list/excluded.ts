import type { Given } from './conditions.ts';
import { countSql } from './count.ts';
import type { Selection } from './selection.ts';

/**
 * How many rows a list has that leaves out what is snoozed or assigned: how many it would have, less those. The whole is
 * counted already for the most part, and those are few.
 * @param given adds a parameter to those of the selection
 */
export function countWithoutExcluded(selection: Selection, given: Given): string {
  const { sources, excluded } = selection;
  if (excluded.length === 0) return countSql(selection, given);
  const denials = excluded.map(({ denial }) => denial);
  const whole = sources.map((source) => ({
    ...source,
    clauses: source.clauses.filter((clause) => !denials.includes(clause)),
  }));
  const terms = [
    countSql({ ...selection, sources: whole }, given),
    ...excluded.map((those) =>
      countSql({ ...selection, sources: those.sources, isCounted: false, dates: undefined }, given),
    ),
  ];
  return `SELECT (${terms.join(') - (')}) AS count`;
}
