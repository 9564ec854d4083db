import type { Bind } from './conditions.ts';
import { countSql } from './count.ts';
import type { Selection } from './selection.ts';

/**
 * The count of a list that excludes snoozed or assigned conversations: the count without the exclusion, which the counters
 * often have, minus the excluded rows, which are few.
 * @param given adds a parameter to those of the selection
 */
export function countWithoutExcluded(selection: Selection, bind: Bind): string {
  const { sources, excluded } = selection;
  if (excluded.length === 0) return countSql(selection, bind);
  const denials = excluded.map(({ denial }) => denial);
  const whole = sources.map((source) => ({
    ...source,
    clauses: source.clauses.filter((clause) => !denials.includes(clause)),
  }));
  const terms = [
    countSql({ ...selection, sources: whole }, bind),
    ...excluded.map((those) =>
      countSql({ ...selection, sources: those.sources, isCounted: false, dates: undefined }, bind),
    ),
  ];
  return `SELECT (${terms.join(') - (')}) AS count`;
}
