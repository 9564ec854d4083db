import { decryptField, encryptField, type FieldRef } from '../crypto/field-encryption.ts';
import { noteContentRef, notesRef, responseRef, webhookSecretsRef } from '../crypto/field-refs.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Connection, Db } from '../db/client.ts';
import { sqlStateOf } from '../db/errors.ts';

/** Number of texts that a key encrypts, by kind. */
export type TextCounts = {
  notes: number;
  thread_notes: number;
  webhook_secrets: number;
  idempotent_responses: number;
  /** HMACs made with a key can't be re-encrypted; they expire with their Idempotency-Key after 24 hours. */
  idempotency_fingerprints: number;
};

export const NO_TEXTS: Readonly<TextCounts> = {
  notes: 0,
  thread_notes: 0,
  webhook_secrets: 0,
  idempotent_responses: 0,
  idempotency_fingerprints: 0,
};

/** SQL of a ciphertext's bytes 2–5, the id of its key. */
function keyIdOf(column: string): string {
  return `substring(${column} FROM 2 FOR 4)`;
}

/** Counts every text by key id. Scans four tables. */
export async function countTextsUnderKeys(database: Pick<Connection, 'query'>): Promise<Map<number, TextCounts>> {
  const rows = await database.query<{ kind: keyof TextCounts; key_id: number; texts: number }>({
    text: `
      SELECT kind, ('x' || encode(key_id, 'hex'))::bit(32)::bigint AS key_id, texts
      FROM (SELECT 'notes' AS kind, ${keyIdOf('notes')} AS key_id, count(*) AS texts
            FROM communication_threads
            WHERE notes IS NOT NULL
            GROUP BY 2
            UNION ALL
            SELECT 'thread_notes', ${keyIdOf('content')}, count(*) FROM thread_notes GROUP BY 2
            UNION ALL
            SELECT 'webhook_secrets', ${keyIdOf('secrets')}, count(*) FROM webhook_endpoints GROUP BY 2
            UNION ALL
            SELECT 'idempotent_responses', ${keyIdOf('response')}, count(*)
            FROM idempotency_keys
            WHERE expires_at > now()
            GROUP BY 2) ciphertexts
      UNION ALL
      SELECT 'idempotency_fingerprints', encryption_key_id, count(*)
      FROM idempotency_keys
      WHERE expires_at > now()
      GROUP BY 2`,
  });
  const counts = new Map<number, TextCounts>();
  for (const { kind, key_id: keyId, texts } of rows) {
    const known = counts.get(keyId);
    const count = known ?? { ...NO_TEXTS };
    count[kind] = texts;
    if (!known) counts.set(keyId, count);
  }
  return counts;
}

/** A row's key in the order of `EncryptedColumn.key`, company first, and its ciphertext. */
type Ciphertext = { key: string[]; ciphertext: Buffer };

/** An encrypted column: its table's primary key, company first, and the location that its ciphertexts are bound to. */
type EncryptedColumn = {
  table: string;
  column: string;
  key: readonly (readonly [column: string, type: string])[];
  refOf(key: string[]): FieldRef;
};

const BY_ID = [
  ['company_id', 'uuid'],
  ['id', 'uuid'],
] as const;

const ENCRYPTED_COLUMNS: EncryptedColumn[] = [
  {
    table: 'communication_threads',
    column: 'notes',
    key: BY_ID,
    refOf: ([companyId = '', id = '']) => notesRef(companyId, id),
  },
  {
    table: 'thread_notes',
    column: 'content',
    key: BY_ID,
    refOf: ([companyId = '', id = '']) => noteContentRef(companyId, id),
  },
  {
    table: 'webhook_endpoints',
    column: 'secrets',
    key: BY_ID,
    refOf: ([companyId = '', id = '']) => webhookSecretsRef(companyId, id),
  },
  {
    table: 'idempotency_keys',
    column: 'response',
    key: [
      ['company_id', 'uuid'],
      ['user_id', 'uuid'],
      ['key', 'text'],
    ],
    refOf: ([companyId = '', userId = '', key = '']) => responseRef(companyId, userId, key),
  },
];

export type ReEncryptionResult = {
  rewrapped: number;
  /** Texts that another transaction changed or deleted meanwhile; a changed one has the primary key already. */
  overtaken: number;
  /** Texts that could not be decrypted and were left as they are. */
  unreadable: number;
  /** Location of the first unreadable text and the reason, without its content. */
  first_unreadable: string | null;
  /** Whether the signal stopped it before the end; the batches until then are committed. */
  stopped: boolean;
};

/**
 * Re-encrypts every text with the ring's primary key, in batches of one statement each, so it may be stopped at any
 * time and run again. A text that another transaction changes meanwhile is skipped.
 * @param signal stops it after the current batch
 */
export async function reEncryptTexts(
  db: Db,
  ring: KeyRing,
  signal?: Pick<AbortSignal, 'aborted'>,
): Promise<ReEncryptionResult> {
  const result: ReEncryptionResult = {
    rewrapped: 0,
    overtaken: 0,
    unreadable: 0,
    first_unreadable: null,
    stopped: false,
  };
  for (const column of ENCRYPTED_COLUMNS) {
    let after: string[] | undefined;
    do {
      if (signal?.aborted) return { ...result, stopped: true };
      const batch = await nextBatch(db, ring, column, after);
      await replace(db, column, reEncryptBatch(ring, column, batch, result), result);
      after = batch.length === BATCH_SIZE ? batch.at(-1)?.key : undefined;
    } while (after);
  }
  return result;
}

const BATCH_SIZE = 500;

async function nextBatch(
  db: Db,
  ring: KeyRing,
  { table, column, key }: EncryptedColumn,
  after: string[] | undefined,
): Promise<Ciphertext[]> {
  const primary = Buffer.alloc(4);
  primary.writeUInt32BE(ring.primaryId);
  const columns = key.map(([name]) => name).join(', ');
  const position = key.map(([, type], index) => `$${index + 2}::${type}`).join(', ');
  return db.query<Ciphertext>({
    text: `
      SELECT ARRAY[${key.map(([name]) => `${name}::text`).join(', ')}] AS key, ${column} AS ciphertext
      FROM ${table}
      WHERE ${column} IS NOT NULL
        AND ${keyIdOf(column)} <> $1
        ${after ? `AND (${columns}) > (${position})` : ''}
      ORDER BY ${columns}
      LIMIT ${BATCH_SIZE}`,
    values: [primary, ...(after ?? [])],
  });
}

type Replacement = Ciphertext & { replacement: Buffer };

function reEncryptBatch(
  ring: KeyRing,
  { table, refOf }: EncryptedColumn,
  batch: Ciphertext[],
  result: ReEncryptionResult,
): Replacement[] {
  const replacements: Replacement[] = [];
  for (const row of batch) {
    const ref = refOf(row.key);
    try {
      const replacement = encryptField(ring, ref, decryptField(ring, ref, row.ciphertext));
      replacements.push({ ...row, replacement });
    } catch (error) {
      result.unreadable++;
      result.first_unreadable ??= `${table} ${row.key.join('/')}: ${(error as Error).message}`;
    }
  }
  return replacements;
}

/** Compare-and-swap: skips a row whose ciphertext isn't the one that was read any more. */
async function replace(
  db: Db,
  { table, column, key }: EncryptedColumn,
  rows: Replacement[],
  result: ReEncryptionResult,
): Promise<void> {
  if (rows.length === 0) return;
  const parameters = key.map(([, type], index) => `$${index + 3}::${type}[]`).join(', ');
  const names = key.map(([name]) => name);
  const swapped = await retryingDeadlocks(() =>
    db.query({
      text: `
        UPDATE ${table} AS t
        SET ${column} = w.replacement
        FROM unnest($1::bytea[], $2::bytea[], ${parameters}) AS w(ciphertext, replacement, ${names.join(', ')})
        WHERE ${names.map((name) => `t.${name} = w.${name}`).join(' AND ')} AND t.${column} = w.ciphertext
        RETURNING 1`,
      values: [
        rows.map((row) => row.ciphertext),
        rows.map((row) => row.replacement),
        ...key.map((_, index) => rows.map((row) => row.key[index])),
      ],
    }),
  );
  result.rewrapped += swapped.length;
  result.overtaken += rows.length - swapped.length;
}

const DEADLOCK = '40P01';
const ATTEMPTS = 5;

/** Other transactions lock these rows in another order than the batch does, so deadlocks can happen. */
async function retryingDeadlocks<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left <= 1 || sqlStateOf(error) !== DEADLOCK) throw error;
    }
  }
}
