import type { LineType } from '../line-schema.ts';

/**
 * How each type of line is staged: a temporary table with the line's number, the key and the columns, to which every
 * check and merge then refers as a whole. Of a message only what others refer to is staged; its text is read again.
 */
export type RecordType = {
  table: string;
  staging: string;
  key: string[];
  /** Besides the key. */
  columns: Record<string, 'uuid' | 'text' | 'timestamptz(3)' | 'date' | 'numeric' | 'bytea' | 'uuid[]' | 'tsvector'>;
  /** Goes into a table of its own. */
  invoiceIds: 'apart' | 'none';
  /** When the row was changed is kept: by `updated_at` of the line, or of its own. */
  stamps: 'none' | 'updated_at' | 'both';
};

const company = ['company_id', 'id'];

export const RECORDS = {
  company: record('companies', ['id'], { name: 'text', timezone: 'text' }, 'updated_at'),
  user: record('users', ['id'], { username: 'text', email: 'text', name: 'text' }, 'updated_at'),
  membership: record('memberships', ['company_id', 'user_id'], { role: 'text' }, 'none'),
  customer: record('customers', company, { external_id: 'text', name: 'text', name_words: 'tsvector' }, 'updated_at'),
  contact: record(
    'contacts',
    company,
    { external_id: 'text', customer_id: 'uuid', name: 'text', email: 'text', email_key: 'text', phone: 'text' },
    'updated_at',
  ),
  invoice: record(
    'invoices',
    company,
    {
      external_id: 'text',
      customer_id: 'uuid',
      number: 'text',
      amount: 'numeric',
      currency: 'text',
      due_date: 'date',
      status: 'text',
      number_words: 'tsvector',
    },
    'updated_at',
  ),
  scheduled_action: record(
    'scheduled_actions',
    company,
    {
      external_id: 'text',
      customer_id: 'uuid',
      invoice_id: 'uuid',
      action_type: 'text',
      status: 'text',
      description: 'text',
      due_at: 'timestamptz(3)',
      executed_at: 'timestamptz(3)',
    },
    'updated_at',
  ),
  scheduled_touchpoint: record(
    'scheduled_touchpoints',
    company,
    {
      external_id: 'text',
      customer_id: 'uuid',
      step_type: 'text',
      status: 'text',
      label: 'text',
      scheduled_for: 'timestamptz(3)',
      completed_at: 'timestamptz(3)',
    },
    'updated_at',
  ),
  thread: record(
    'communication_threads',
    company,
    {
      thread_group_id: 'uuid',
      timestamp: 'timestamptz(3)',
      customer_id: 'uuid',
      contact_id: 'uuid',
      logged_by_id: 'uuid',
      scheduled_action_id: 'uuid',
      scheduled_touchpoint_id: 'uuid',
      assignee_id: 'uuid',
      invoice_ids: 'uuid[]',
      dispute_invoice_ids: 'uuid[]',
      call_uuid: 'text',
    },
    'both',
  ),
  thread_note: record('thread_notes', company, { thread_id: 'uuid', author_id: 'uuid', content: 'bytea' }, 'both'),
  mailbox: record(
    'mailboxes',
    ['id'],
    { company_id: 'uuid', user_id: 'uuid', grant_id: 'text', email: 'text', sync: 'text' },
    'none',
  ),
  phone: record('phones', ['id'], { company_id: 'uuid', number: 'text' }, 'none'),
  promise: record(
    'promises',
    company,
    {
      customer_id: 'uuid',
      thread_id: 'uuid',
      status: 'text',
      due_on: 'date',
      amount: 'numeric',
      currency: 'text',
      created_by_id: 'uuid',
    },
    'both',
    'apart',
  ),
} satisfies Record<LineType, RecordType>;

function record(
  table: string,
  key: string[],
  columns: RecordType['columns'],
  stamps: RecordType['stamps'],
  invoiceIds: RecordType['invoiceIds'] = 'none',
): RecordType {
  return { table, staging: `import_${table}`, key, columns, stamps, invoiceIds };
}

export function stagingTable(record: RecordType): string {
  return `CREATE TEMP TABLE ${record.staging} (${stagedColumns(record).join(', ')}) ON COMMIT DROP`;
}

/** The columns of the staging table, each with its type. */
export function stagedColumns({ key, columns, stamps, invoiceIds }: RecordType): string[] {
  return [
    'line int',
    ...key.map((name) => `${name} uuid`),
    // Numbers as the text that the line holds: its digits say how many of them are kept.
    ...Object.entries(columns).map(([name, type]) => `"${name}" ${type === 'numeric' ? 'text' : type}`),
    ...(invoiceIds === 'apart' ? ['invoice_ids uuid[]'] : []),
    ...(stamps === 'both' ? ['created_at timestamptz(3)', 'updated_at timestamptz(3)'] : []),
  ];
}

export const ATTACHMENTS_STAGING = 'import_attachments';
export const ATTACHMENTS_TABLE = `
  CREATE TEMP TABLE ${ATTACHMENTS_STAGING} (
    line int, company_id uuid, id uuid, thread_id uuid, position smallint, filename text, content_type text,
    size_bytes bigint, is_inline boolean, provider_id text
  ) ON COMMIT DROP`;
