import { brokenAtSql, promiseInvoicesSql, promiseStatusSql } from '../../conversations/promise-status.ts';
import type { communicationThreads } from '../../db/schema.ts';
import { columnList, columnName } from '../../db/table-columns.ts';
import { STEPS, type StepNames } from '../../domain/scheduled-steps.ts';
import type { ActionStatus, TouchpointStatus } from '../../domain/vocabulary.ts';
import type { CommunicationThread, CommunicationThreadDetail } from './schema.ts';

/** Selects rows of `communication_threads` with the names and links that the contract shows (§2). */

type StoredMessage = typeof communicationThreads.$inferSelect;

/** Columns that are shown as they are stored. `cell` encodes the columns with few values. */
const SHOWN_COLUMNS = [
  ...([
    'id',
    'threadGroupId',
    'customerId',
    'contactId',
    'loggedById',
    'scheduledActionId',
    'scheduledTouchpointId',
  ] as const),
  ...(['cell', 'isArRelated', 'hasAttachments', 'subject', 'preview', 'notes', 'fromAddress', 'toAddresses'] as const),
  ...([
    'ccAddresses',
    'call',
    'strategyTags',
    'outcome',
    'dispute',
    'messageCount',
    'followUpAt',
    'assigneeId',
  ] as const),
  ...(['timestamp', 'createdAt'] as const),
] satisfies (keyof StoredMessage)[];

/** Further columns that `withNames` needs. */
const OTHER_COLUMNS = ['isLatest', 'updatedAt'] as const satisfies (keyof StoredMessage)[];
const BODY_COLUMNS = ['body', 'bodyType'] as const satisfies (keyof StoredMessage)[];

/** The maximum size of all bodies in one response, in bytes of UTF-8 (contract §2). */
export const BODY_BYTES_OF_RESPONSE = 8 * 1024 * 1024;

/** In a list, in characters (contract §2). */
const SHOWN_SUBJECT = 2_000;

/**
 * What a list reads in place of a column. `octet_length` reads no value that is stored out of line, and `left` only the
 * beginning. Where `listed_parties` is set, the parties themselves aren't read.
 */
const LIST_COLUMNS: Partial<Record<keyof StoredMessage, string>> = {
  subject: `CASE WHEN octet_length(t.subject) > ${SHOWN_SUBJECT} THEN left(t.subject, ${SHOWN_SUBJECT}) ELSE t.subject END`,
  ...unlessListed('fromAddress', 'toAddresses', 'ccAddresses'),
};

function unlessListed(...keys: (keyof StoredMessage)[]): Partial<Record<keyof StoredMessage, string>> {
  return Object.fromEntries(
    keys.map((key) => [key, `CASE WHEN t.listed_parties IS NULL THEN t.${columnName(key)} END`]),
  );
}

function summaryColumn(key: keyof StoredMessage): string {
  const sql = LIST_COLUMNS[key];
  return sql === undefined ? columnList([key], 't') : `${sql} AS ${columnName(key)}`;
}

/** The columns of messages `t` that `withNames` needs; a list never reads `body`. */
export const PAGE_COLUMNS = {
  summary: [...SHOWN_COLUMNS, 'listedParties' as const, ...OTHER_COLUMNS].map(summaryColumn).join(', '),
  detail: `${columnList([...SHOWN_COLUMNS, ...OTHER_COLUMNS, 'bodyType'], 't')}, NULL::json AS listed_parties, ${cutBodySql('t')}`,
};

/** A message's body, or null without reading it when it exceeds the budget. `bytes_so_far` includes the body itself. */
function cutBodySql(message: string): string {
  const isBeyond = `(${message}.id <> $2 AND ${message}.bytes_so_far > ${BODY_BYTES_OF_RESPONSE})`;
  return `CASE WHEN NOT ${isBeyond} THEN ${message}.body END AS body,
          ${message}.body IS NOT NULL AND ${isBeyond} AS body_truncated`;
}

/** A value that isn't a column of the message: its SQL over the message `p`, and its type in JSON. */
type Derived<Value> = { sql: string; value?: Value };
const derived = <Value>(sql: string): Derived<Value> => ({ sql });

type ShownUser = { name: string; renamedAt: string | null };
const shownUser = (alias: string) =>
  `json_build_object('name', COALESCE(NULLIF(${alias}.name, ''), ${alias}.username), 'renamedAt', ${alias}.renamed_at)`;

type ShownStep<Status> = { status: Status; completedAt: string | null };

// A subquery under a CASE is a look-up that only the few messages with such a value need.
const userSql = (column: string) => `
    CASE WHEN p.${column} IS NOT NULL
         THEN (SELECT ${shownUser('u')} FROM users u WHERE u.id = p.${column})
    END`;
const stepSql = ({ table, link, completedAt }: StepNames) => `
    CASE WHEN p.${link} IS NOT NULL
         THEN (SELECT json_build_object('status', s.status, 'completedAt', s.${completedAt})
               FROM ${table} s
               WHERE s.company_id = $1 AND s.id = p.${link})
    END`;

// Lists of values are sorted and their latest time is chosen by `toThread`, which is cheaper than a sort for each message.
const SUMMARY_DERIVED = {
  /** In place of `from`, `to` and `cc`, which are then null; null in a detail and when a list shows all of them. */
  listedParties: derived<StoredMessage['listedParties']>('p.listed_parties'),
  customerName: derived<string | null>('c.name'),
  contactName: derived<string | null>('k.name'),
  loggedBy: derived<ShownUser | null>(userSql('logged_by_id')),
  action: derived<ShownStep<ActionStatus> | null>(stepSql(STEPS.action)),
  touchpoint: derived<ShownStep<TouchpointStatus> | null>(stepSql(STEPS.touchpoint)),
  assignee: derived<ShownUser | null>(userSql('assignee_id')),
  changedAt: derived<string>('GREATEST(p.updated_at, c.renamed_at, k.renamed_at)'),
  /** What the latest message of the conversation has for all of them; null on the latest message itself. */
  latest: derived<LatestMessage | null>(`
    CASE WHEN NOT p.is_latest
         THEN (SELECT json_build_object('messageCount', l.message_count, 'updatedAt', l.updated_at,
                                         'followUpAt', l.follow_up_at, 'assigneeId', l.assignee_id,
                                         'assignee', CASE WHEN u.id IS NOT NULL THEN ${shownUser('u')} END)
               FROM communication_threads l
               LEFT JOIN users u ON u.id = l.assignee_id
               WHERE l.company_id = $1 AND l.thread_group_id = p.thread_group_id AND l.is_latest)
    END`),
  promise: derived<StoredPromise | null>(`
    (SELECT json_build_object('id', m.id, 'status', ${promiseStatusSql('m')}, 'due_on', m.due_on,
                              'amount', m.amount::text, 'currency', m.currency, 'invoice_ids', ${promiseInvoicesSql('m')},
                              'brokenAt', ${brokenAtSql('m')})
     FROM promises m
     WHERE m.company_id = $1 AND m.thread_id = p.id)`),
  invoices: derived<LinkedInvoice[] | null>(`
    (SELECT json_agg(json_build_object('position', i.position, 'id', v.id, 'number', v.number,
                                        'renamedAt', v.renamed_at))
     FROM communication_thread_invoices i
     JOIN invoices v ON v.company_id = $1 AND v.id = i.invoice_id
     WHERE i.company_id = $1 AND i.thread_id = p.id)`),
};

type LatestMessage = Pick<StoredMessage, 'messageCount' | 'updatedAt' | 'followUpAt' | 'assigneeId'> & {
  assignee: ShownUser | null;
};
type StoredPromise = NonNullable<CommunicationThread['promise']> & { brokenAt: string | null };
type LinkedInvoice = { position: number; id: string; number: string; renamedAt: string | null };

const DETAIL_DERIVED = {
  bodyTruncated: derived<boolean>('p.body_truncated'),
  attachments: derived<CommunicationThreadDetail['attachments'] | null>(`
    (SELECT json_agg(json_build_object('id', f.id, 'filename', f.filename, 'content_type', f.content_type,
                                       'size_bytes', f.size_bytes, 'is_inline', f.is_inline) ORDER BY f.position)
     FROM attachments f
     WHERE f.company_id = $1 AND f.thread_id = p.id)`),
};

/** PostgreSQL writes `bytea` into JSON as text. */
type AsJson<Value> = Value extends Buffer ? string : Value;
type ShownColumns = { [Key in (typeof SHOWN_COLUMNS)[number]]: AsJson<StoredMessage[Key]> };
type Values<Named> = { [Key in keyof Named]: Named[Key] extends Derived<infer Value> ? Value : never };

/** A message in a list. Timestamps are in PostgreSQL's format. */
export type SummaryRow = ShownColumns & Values<typeof SUMMARY_DERIVED>;
/** A message in a detail, with its body and attachments. */
export type DetailRow = SummaryRow & Pick<StoredMessage, (typeof BODY_COLUMNS)[number]> & Values<typeof DETAIL_DERIVED>;

const SUMMARY_FIELDS = [
  ...SHOWN_COLUMNS.map((key) => ({ key, sql: `p.${columnName(key)}` })),
  ...Object.entries(SUMMARY_DERIVED).map(([key, { sql }]) => ({ key, sql })),
];
const DETAIL_FIELDS = [
  ...SUMMARY_FIELDS,
  ...BODY_COLUMNS.map((key) => ({ key, sql: `p.${columnName(key)}` })),
  ...Object.entries(DETAIL_DERIVED).map(([key, { sql }]) => ({ key, sql })),
];

/**
 * Adds names and links to a page of messages. Each message is returned as one JSON array for `summaryRow` or `detailRow`,
 * because parsing thirty columns one by one would take this process longer than the rest of the page. The names are looked
 * up by key for each row. `OFFSET 0` keeps PostgreSQL from a hash join that reads all customers of the company, whose
 * number it underestimates.
 * @param page SQL of the messages, with `PAGE_COLUMNS`; `$1` is the company
 * @param order `DESC`: newest first
 * @param areLatest whether all are the latest of their conversations; PostgreSQL then prepares no look-up of the latest
 */
export function withNames(
  page: string,
  form: 'summary' | 'detail',
  order: 'ASC' | 'DESC',
  { areLatest = false } = {},
): string {
  const fields = form === 'detail' ? DETAIL_FIELDS : SUMMARY_FIELDS;
  const values = fields.map(({ key, sql }) => (areLatest && key === 'latest' ? 'NULL' : sql));
  return `
    SELECT json_build_array(${values.join(', ')}) AS message
    FROM (${page}) p
    LEFT JOIN LATERAL (SELECT c.name, c.renamed_at
                       FROM customers c
                       WHERE c.company_id = $1 AND c.id = p.customer_id
                       OFFSET 0) c ON true
    LEFT JOIN LATERAL (SELECT k.name, k.renamed_at
                       FROM contacts k
                       WHERE k.company_id = $1 AND k.id = p.contact_id
                       OFFSET 0) k ON true
    ORDER BY p."timestamp" ${order}, p.id ${order}`;
}

/** One message as `withNames` returns it: the values in the order of `SUMMARY_FIELDS` or `DETAIL_FIELDS`. */
export type RowValues = unknown[];

export const summaryRow = readerOf<SummaryRow>(SUMMARY_FIELDS);
export const detailRow = readerOf<DetailRow>(DETAIL_FIELDS);

/**
 * Reads values by the names of their fields. The names are getters of a class, because copying thirty values into an object
 * takes longer than all else that a list does with a row.
 */
function readerOf<Row>(fields: readonly { key: string }[]): (values: RowValues) => Row {
  class Reader {
    readonly values: RowValues;

    constructor(values: RowValues) {
      this.values = values;
    }
  }
  for (const [nth, { key }] of fields.entries()) {
    const get = function (this: Reader) {
      return this.values[nth];
    };
    Object.defineProperty(Reader.prototype, key, { get });
  }
  return (values) => new Reader(values) as Row;
}
