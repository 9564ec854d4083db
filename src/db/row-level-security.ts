import pg from 'pg';
import type { Statement } from './statement.ts';

/**
 * A second separation of companies, enabled by `ROW_LEVEL_SECURITY`: should a statement ever lack its `company_id`
 * condition, PostgreSQL still reads and writes only rows of the connection's tenant. The owner of the tables isn't
 * subject to it; the running server's role is.
 */

/**
 * Whose rows are visible: a company's, by its id; `every` company's, for look-ups before the company is known; or
 * `none`.
 */
export type Tenant = string | 'every' | 'none';

const POLICY = 'own_company';

/** Subqueries, so that PostgreSQL evaluates them once per statement instead of once per row. */
const COMPANY = `(SELECT nullif(current_setting('communications.company_id', true), '')::uuid)`;
const EVERY = `(SELECT current_setting('communications.every_company', true) = 'on')`;

/** The statement that sets the connection's tenant, until the next one does. */
export function setTenant(tenant: Tenant): Statement {
  const isCompany = tenant !== 'every' && tenant !== 'none';
  return {
    name: 'set_tenant',
    text: `SELECT set_config('communications.company_id', $1, false), set_config('communications.every_company', $2, false)`,
    values: [isCompany ? tenant : '', tenant === 'every' ? 'on' : 'off'],
  };
}

/**
 * Whether a role isn't subject to row-level security: superusers, the tables' owner and members of the owner's role.
 */
export async function bypassesRowLevelSecurity(owner: pg.Client, role: string): Promise<boolean> {
  const { rows } = await owner.query<{ is_exempt: boolean }>(
    `
    SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, c.relowner, 'USAGE') AS is_exempt
    FROM pg_roles r, pg_class c
    WHERE r.rolname = $1 AND c.oid = 'public.companies'::regclass`,
    [role],
  );
  return rows[0]?.is_exempt ?? true;
}

type TableSecurity = { table: string; column: string; is_on: boolean; has_policy: boolean };

/**
 * Enables or disables row-level security where it isn't as wanted, in one transaction. It applies to every table with a
 * `company_id` column, and to `companies`.
 * @param owner a connection of the tables' owner
 */
export async function applyRowLevelSecurity(owner: pg.Client, isWanted: boolean): Promise<void> {
  const { rows: tables } = await owner.query<TableSecurity>(`
    SELECT c.relname AS table, a.attname AS column, c.relrowsecurity AS is_on,
           EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${POLICY}') AS has_policy
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
     AND a.attname = CASE WHEN c.relname = 'companies' THEN 'id' ELSE 'company_id' END
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    ORDER BY c.relname`);
  const changes = tables.filter(({ is_on: isOn }) => isOn !== isWanted).flatMap((table) => changeOf(table, isWanted));
  if (changes.length > 0) await owner.query(['BEGIN', ...changes, 'COMMIT'].join(';\n'));
}

function changeOf({ table, column, has_policy: hasPolicy }: TableSecurity, isWanted: boolean): string[] {
  const name = pg.escapeIdentifier(table);
  if (!isWanted) return [`ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`];
  const policy = `CREATE POLICY ${POLICY} ON ${name} USING (${column} = ${COMPANY} OR ${EVERY})`;
  return [...(hasPolicy ? [] : [policy]), `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`];
}
