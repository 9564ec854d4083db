import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import { nameWords } from '../../conversations/search-words.ts';
import { encryptField } from '../../crypto/field-encryption.ts';
import { noteContentRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import {
  communicationThreads,
  companies,
  contacts,
  customers,
  invoices,
  mailboxes,
  memberships,
  phones,
  promises,
  scheduledActions,
  scheduledTouchpoints,
  threadNotes,
  users,
} from '../../db/schema.ts';
import type { InsertKey, SnakeCase } from '../../db/table-columns.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { normalizeUsername } from '../../domain/user-names.ts';
import { addressKey } from '../../mail/address.ts';
import type { LineOf, LineType } from '../line-schema.ts';
import { type ColumnEncoder, type ColumnValues, columnEncoders, FIELD } from './column-encoders.ts';
import { distinctIds } from './distinct-ids.ts';

/**
 * How a type of line is staged: in a temporary table with the line's number, the key and the columns, which checks and
 * merges process as a whole. Of a message only the columns that checks need are staged; its text is read again.
 */
export type RecordType = {
  table: string;
  staging: string;
  key: string[];
  /** Besides the key: SQL types by name. */
  columns: Record<string, string>;
  /** It names invoices, which stand in a table of their own. */
  hasInvoices: boolean;
  /** When the row was changed is kept: by `updated_at` of the line, or of its own. */
  stamps: 'none' | 'updated_at' | 'both';
  /** Of the staging table, in order, behind the number of the line. */
  staged: ColumnEncoder<never>[];
};

/** Columns that no line sets: the server keeps them. */
const SERVER_COLUMNS = [
  ...(['createdAt', 'updatedAt', 'changedIn', 'renamedAt', 'renamedIn', 'completedByThreadId'] as const),
  ...(['passwordHash', 'disabledAt'] as const),
];

const company = ['companyId', 'id'] as const;

export const RECORDS = {
  company: whole('company', companies, ['id'], 'updated_at', {}),
  user: whole('user', users, ['id'], 'updated_at', { username: ({ line }) => normalizeUsername(line.username) }),
  membership: whole('membership', memberships, ['companyId', 'userId'], 'none', {}),
  customer: whole('customer', customers, company, 'updated_at', {
    nameWords: ({ line }) => nameWords(line.company_id, line.name),
  }),
  contact: whole('contact', contacts, company, 'updated_at', {
    emailKey: ({ line }) => line.email && addressKey(line.email),
  }),
  invoice: whole('invoice', invoices, company, 'updated_at', {
    numberWords: ({ line }) => nameWords(line.company_id, line.number),
  }),
  scheduled_action: whole('scheduled_action', scheduledActions, company, 'updated_at', {}),
  scheduled_touchpoint: whole('scheduled_touchpoint', scheduledTouchpoints, company, 'updated_at', {}),
  thread: record(
    'thread',
    communicationThreads,
    company,
    'both',
    {
      threadGroupId: FIELD,
      timestamp: FIELD,
      customerId: FIELD,
      contactId: FIELD,
      loggedById: FIELD,
      scheduledActionId: FIELD,
      scheduledTouchpointId: FIELD,
      assigneeId: FIELD,
      callUuid: ({ line }) => line.provider?.call_uuid,
    },
    {
      invoice_ids: ({ line }) => line.invoice_ids,
      dispute_invoice_ids: ({ line }) => line.dispute?.invoice_ids,
    },
  ),
  thread_note: whole('thread_note', threadNotes, company, 'both', {
    // Not even a temporary table holds a note in the clear.
    content: ({ line, ring }) =>
      encryptField(ring, noteContentRef(lowerCase(line.company_id), lowerCase(line.id)), line.content),
  }),
  mailbox: whole('mailbox', mailboxes, ['id'], 'none', {}),
  phone: whole('phone', phones, ['id'], 'none', {}),
  promise: whole('promise', promises, company, 'both', {}, { invoice_ids: ({ line }) => line.invoice_ids }),
} satisfies Record<LineType, RecordType>;

/** @property ring encrypts what is stored encrypted */
export type StagedLine<Type extends LineType> = { line: LineOf<Type>; ring: KeyRing };

type IdLists<Type extends LineType> = Record<string, (staged: StagedLine<Type>) => string[] | null | undefined>;

type Staged<Table extends PgTable, Key> = Exclude<InsertKey<Table>, Key | (typeof SERVER_COLUMNS)[number]>;

/** Columns that no field of the line names. */
type Unnamed<Type extends LineType, Key extends string> = {
  [Name in Key as SnakeCase<Name> extends keyof LineOf<Type> ? never : Name]: unknown;
};

/**
 * A type of which every column is staged: the line's field of the same name, unless `derived` says otherwise. The
 * compiler names a column that has neither.
 */
function whole<Type extends LineType, Table extends PgTable, Key extends InsertKey<Table>>(
  type: Type,
  table: Table,
  key: readonly Key[],
  stamps: RecordType['stamps'],
  derived: Partial<ColumnValues<Table, StagedLine<Type>, Staged<Table, Key>>> & Unnamed<Type, Staged<Table, Key>>,
  idLists: IdLists<Type> = {},
): RecordType {
  const others: readonly string[] = [...key, ...SERVER_COLUMNS];
  const columns = Object.entries<Column>(getTableColumns(table)).filter(
    ([name, { generated }]) => generated === undefined && !others.includes(name),
  );
  const values = { ...fieldsOf(columns.map(([name]) => name)), ...derived };
  return record(type, table, key, stamps, values as never, idLists);
}

function fieldsOf(keys: readonly string[]) {
  return Object.fromEntries(keys.map((name) => [name, FIELD]));
}

function record<Type extends LineType, Table extends PgTable, Key extends InsertKey<Table>>(
  _type: Type,
  table: Table,
  key: readonly InsertKey<Table>[],
  stamps: RecordType['stamps'],
  values: ColumnValues<Table, StagedLine<Type>, Key>,
  idLists: IdLists<Type> = {},
): RecordType {
  const encodersOf = (of: object) => columnEncoders<StagedLine<Type>>()(table, of as never);
  const columns = encodersOf(values);
  const stamped = stamps === 'both' ? encodersOf(fieldsOf(['createdAt', 'updatedAt'])) : [];
  return {
    table: getTableName(table),
    staging: `import_${getTableName(table)}`,
    key: key.map((name) => toSnakeCase(name)),
    columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    hasInvoices: 'invoice_ids' in idLists,
    stamps,
    staged: [...encodersOf(fieldsOf(key)), ...columns, ...Object.entries(idLists).map(idListEncoder), ...stamped],
  };
}

/** Each id once. */
function idListEncoder<Staged>([name, idsOf]: [
  string,
  (staged: Staged) => string[] | null | undefined,
]): ColumnEncoder<Staged> {
  return { name, type: 'uuid[]', encode: (rows, staged) => rows.uuids(distinctIds(idsOf(staged))) };
}

export function stagingTable({ staging, staged }: RecordType): string {
  const columns = staged.map(({ name, type }) => `"${name}" ${type === 'numeric' ? 'text' : type}`);
  return `CREATE TEMP TABLE ${staging} (line int, ${columns.join(', ')}) ON COMMIT DROP`;
}
