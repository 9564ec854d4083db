import { usernameKeySql } from '../../domain/user-names.ts';
import type { Report } from './report-faults.ts';
import { RECORDS } from './staging-tables.ts';

/** Checks that user names are unique, compared without case, and not blank. */
export async function checkUsernames(report: Report): Promise<void> {
  const { staging } = RECORDS.user;
  const [given, stored] = [usernameKeySql('s.username'), usernameKeySql('d.username')];
  const found = `
    SELECT s.line, NULL::int AS first, s.username
    FROM ${staging} s
    JOIN users d ON ${stored} = ${given}
    WHERE d.id <> s.id
    UNION ALL
    SELECT s.line, d.first, s.username
    FROM ${staging} s
    JOIN (SELECT ${given} AS key, min(s.line) AS first
          FROM ${staging} s
          GROUP BY 1
          HAVING count(*) > 1) d ON d.key = ${given}
    WHERE s.line > d.first
    UNION ALL
    SELECT s.line, NULL, s.username FROM ${staging} s WHERE s.username = ''`;
  await report<{ first: number | null; username: string }>(found, ({ first, username }) => {
    if (username === '') return 'username must be a string that is not empty';
    return first === null ? 'username: another user has it already' : `username: line ${first} has the same`;
  });
}
