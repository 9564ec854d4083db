/** The columns of `duplicateLines` besides `line`. */
export type Duplicate = { first: number };

/**
 * SQL of the lines that equal an earlier line, `first`, in `columns`. A line with several staged rows that are equal
 * among themselves is one of them too.
 */
export function duplicateLines(staging: string, columns: string[], where = 'true'): string {
  const alike = columns.join(', ');
  return `
    SELECT s.line, d.first, ${columns.at(-1)}
    FROM ${staging} s
    JOIN (SELECT ${alike}, min(line) AS first
          FROM ${staging}
          WHERE ${where}
          GROUP BY ${alike}
          HAVING count(*) > 1) d USING (${alike})
    WHERE ${where}
    GROUP BY s.line, d.first, ${alike}
    HAVING s.line > d.first OR count(*) > 1`;
}
