import type { Statement } from '../../db/statement.ts';
import { NIL_ID } from '../../domain/ids.ts';

/** Runs a statement in the export's transaction. */
export type Cursor = <Row>(statement: Statement) => Promise<Row[]>;

const BATCH_SIZE = 2_000;

type RecordQuery = {
  type: string;
  /** SQL; `$1` is the company, `$2` the key after which to continue. Its columns are the line's fields, in order. */
  text: string;
  /** The field by which the rows are ordered. */
  key: 'id' | 'user_id';
};

/** Everything that messages refer to, in the order that an import requires. */
const RECORD_QUERIES: RecordQuery[] = [
  {
    type: 'company',
    text: 'SELECT id, name, timezone FROM companies WHERE id = $1 AND id > $2',
    key: 'id',
  },
  {
    type: 'user',
    // Every user who is a member or is named in a row of the company.
    text: `
      SELECT u.id, u.username, NULLIF(u.email, '') AS email, NULLIF(u.name, '') AS name
      FROM users u
      WHERE u.id > $2
        AND u.id IN (SELECT user_id FROM memberships WHERE company_id = $1
                     UNION SELECT user_id FROM mailboxes WHERE company_id = $1
                     UNION SELECT author_id FROM thread_notes WHERE company_id = $1
                     UNION SELECT logged_by_id FROM communication_threads WHERE company_id = $1
                     UNION SELECT assignee_id FROM communication_threads WHERE company_id = $1
                     UNION SELECT created_by_id FROM promises WHERE company_id = $1)
      ORDER BY u.id`,
    key: 'id',
  },
  {
    type: 'membership',
    text: 'SELECT company_id, user_id, role FROM memberships WHERE company_id = $1 AND user_id > $2 ORDER BY user_id',
    key: 'user_id',
  },
  { type: 'customer', text: ofCompany('customers', 'external_id, name'), key: 'id' },
  { type: 'contact', text: ofCompany('contacts', 'external_id, customer_id, name, email, phone'), key: 'id' },
  {
    type: 'invoice',
    text: ofCompany('invoices', 'external_id, customer_id, number, amount::text, currency, due_date::text, status'),
    key: 'id',
  },
  {
    type: 'scheduled_action',
    text: ofCompany(
      'scheduled_actions',
      "external_id, customer_id, invoice_id, action_type, status, NULLIF(description, '') AS description, due_at, executed_at",
    ),
    key: 'id',
  },
  {
    type: 'scheduled_touchpoint',
    text: ofCompany(
      'scheduled_touchpoints',
      "external_id, customer_id, step_type, status, NULLIF(label, '') AS label, scheduled_for, completed_at",
    ),
    key: 'id',
  },
  { type: 'mailbox', text: ofCompany('mailboxes', 'user_id, grant_id, email, sync'), key: 'id' },
  { type: 'phone', text: ofCompany('phones', 'number'), key: 'id' },
];

/** Promises refer to messages, so they are exported after them. */
const PROMISE_QUERY: RecordQuery = {
  type: 'promise',
  text: ofCompany(
    'promises p',
    `customer_id, thread_id, status, due_on::text, amount::text, currency,
     (SELECT json_agg(v.invoice_id ORDER BY v.position)
      FROM promise_invoices v
      WHERE v.company_id = $1 AND v.promise_id = p.id) AS invoice_ids, created_by_id, created_at, updated_at`,
  ),
  key: 'id',
};

function ofCompany(table: string, columns: string): string {
  return `SELECT id, company_id, ${columns} FROM ${table} WHERE company_id = $1 AND id > $2 ORDER BY id`;
}

export async function* recordLines(cursor: Cursor, companyId: string): AsyncGenerator<object> {
  for (const query of RECORD_QUERIES) yield* linesOf(cursor, companyId, query);
}

export function promiseLines(cursor: Cursor, companyId: string): AsyncGenerator<object> {
  return linesOf(cursor, companyId, PROMISE_QUERY);
}

async function* linesOf(cursor: Cursor, companyId: string, { type, text, key }: RecordQuery): AsyncGenerator<object> {
  for (let after = NIL_ID; ; ) {
    const statement = { text: `${text} LIMIT ${BATCH_SIZE}`, values: [companyId, after] };
    const rows = await cursor<Record<string, string | null>>(statement);
    for (const row of rows) yield { type, ...withoutNulls(row) };
    const last = rows.at(-1)?.[key];
    if (!last || rows.length < BATCH_SIZE) return;
    after = last;
  }
}

/** Leaves out fields that are null: in an import, a missing field has its default. */
export function withoutNulls<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Partial<Fields>;
}
