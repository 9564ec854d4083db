import pg from 'pg';
import type { Statement } from './statement.ts';

/**
 * The second fence between companies, behind `ROW_LEVEL_SECURITY`: PostgreSQL itself shows and takes only the rows of
 * the company that a connection was borrowed for, should a statement ever forget to ask for it. The owner of the tables
 * is not subject to it; the running server's role is.
 */

/** Whose rows are visible: one company's, by its id; every company's, for look-ups before the company is known; none. */
export type Rows = string | 'every' | 'none';

const POLICY = 'own_company';

/** Asked once a statement, not once a row. */
const COMPANY = `(SELECT nullif(current_setting('communications.company_id', true), '')::uuid)`;
const EVERY = `(SELECT current_setting('communications.every_company', true) = 'on')`;

/** Names the rows that there are, until the next borrower names theirs. */
export function showRows(rows: Rows): Statement {
  const isCompany = rows !== 'every' && rows !== 'none';
  return {
    name: 'show_rows',
    text: `SELECT set_config('communications.company_id', $1, false), set_config('communications.every_company', $2, false)`,
    values: [isCompany ? rows : '', rows === 'every' ? 'on' : 'off'],
  };
}

/** Owners, who belongs to them, and superusers see every row whatever the fence. */
export async function isAboveFences(owner: pg.Client, role: string): Promise<boolean> {
  const { rows } = await owner.query<{ is_above: boolean }>(
    `
    SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, c.relowner, 'USAGE') AS is_above
    FROM pg_roles r, pg_class c
    WHERE r.rolname = $1 AND c.oid = 'public.companies'::regclass`,
    [role],
  );
  return rows[0]?.is_above ?? true;
}

type Fence = { table: string; column: string; is_on: boolean; has_policy: boolean };

/**
 * Puts the fence up or takes it down, whichever isn't the case yet; as the owner, in one transaction. Every table with
 * a company's rows has it, those of later versions too.
 */
export async function fenceCompanies(owner: pg.Client, isWanted: boolean): Promise<void> {
  const { rows: fences } = await owner.query<Fence>(`
    SELECT c.relname AS table, a.attname AS column, c.relrowsecurity AS is_on,
           EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${POLICY}') AS has_policy
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
     AND a.attname = CASE WHEN c.relname = 'companies' THEN 'id' ELSE 'company_id' END
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    ORDER BY c.relname`);
  const changes = fences.filter(({ is_on: isOn }) => isOn !== isWanted).flatMap((fence) => changeOf(fence, isWanted));
  if (changes.length > 0) await owner.query(['BEGIN', ...changes, 'COMMIT'].join(';\n'));
}

function changeOf({ table, column, has_policy: hasPolicy }: Fence, isWanted: boolean): string[] {
  const name = pg.escapeIdentifier(table);
  if (!isWanted) return [`ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`];
  const policy = `CREATE POLICY ${POLICY} ON ${name} USING (${column} = ${COMPANY} OR ${EVERY})`;
  return [...(hasPolicy ? [] : [policy]), `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`];
}
