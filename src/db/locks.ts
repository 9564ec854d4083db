import type { Statement } from './statement.ts';
import type { Tx } from './transaction.ts';

/**
 * Advisory locks, held until the transaction ends. A writer takes its company's lock in shared mode; an import takes it
 * exclusively. A transaction that adds a message to a conversation then takes the conversation's lock. The order is
 * always the same, which prevents deadlocks.
 */
const COMPANY = 1;
const THREAD_GROUP = 2;
const IDEMPOTENCY_KEY = 3;
const FOLDING = 4;
const COMPANY_MAIL = 5;
const CALL = 6;
const COLLECTION = 7;

/** @returns a statement with one row `{ locked }`: false while the company is being imported */
export function tryLockCompanyShared(companyId: string): Statement {
  return {
    name: 'try_lock_company_shared',
    text: 'SELECT pg_try_advisory_xact_lock_shared(hashtextextended($1, $2)) AS locked',
    values: [companyId, COMPANY],
  };
}

/** Waits until no other transaction writes to the company, and excludes all others until this one ends. */
export async function lockCompanyExclusively(tx: Tx, companyId: string): Promise<void> {
  await tx.query(lock('lock_company_exclusively', companyId, COMPANY));
}

/** Waits until no other transaction folds the company's counters, and prevents it until this one ends. */
export function lockFolding(companyId: string): Statement {
  return lock('lock_folding', companyId, FOLDING);
}

/**
 * SQL that tries to take the same lock; false while another transaction has it.
 * @param company SQL of the company's id
 */
export function tryLockFoldingSql(company: string): string {
  return `pg_try_advisory_xact_lock(hashtextextended(${company}::uuid::text, ${FOLDING}))`;
}

/**
 * Locks a conversation. It has to be a statement of its own, so that the next one sees what the lock's last holder
 * committed.
 */
export function lockThreadGroup(companyId: string, threadGroupId: string): Statement {
  return lock('lock_thread_group', `${companyId}/${threadGroupId}`, THREAD_GROUP);
}

/** @returns a statement with one row `{ locked }`: false while another request with this key is running */
export function tryLockIdempotencyKey(companyId: string, userId: string, key: string): Statement {
  return {
    name: 'try_lock_idempotency_key',
    text: 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, $2)) AS locked',
    values: [`${companyId}/${userId}/${key}`, IDEMPOTENCY_KEY],
  };
}

/**
 * Serialises the storing of a company's mails: the conversation of a mail depends on the other mails, and two copies of
 * one mail must not be stored at the same time. Taken after the company's lock and before those of conversations.
 */
export function lockCompanyMail(companyId: string): Statement {
  return lock('lock_company_mail', companyId, COMPANY_MAIL);
}

/**
 * Takes the locks of `tryLockCompanyShared` and `lockCompanyMail`, in this order.
 * @param eventRowId when given, no lock is taken unless the ledger of events has this row
 * @returns a statement with one row `{ locked }`, as `tryLockCompanyShared`, or none when no lock was taken
 */
export function lockCompanyForMail(companyId: string, eventRowId: string | null): Statement {
  return {
    name: 'lock_company_for_mail',
    text: `
      SELECT pg_try_advisory_xact_lock_shared(hashtextextended($1, ${COMPANY})) AS locked,
             pg_advisory_xact_lock(hashtextextended($1, ${COMPANY_MAIL}))
      WHERE $2::uuid IS NULL OR EXISTS (SELECT FROM webhook_events e WHERE e.id = $2)`,
    values: [companyId, eventRowId],
  };
}

/** Serialises the events of a call before its company is known. @param key id of a conversation or a leg */
export function lockCall(key: string): Statement {
  return lock('lock_call', key, CALL);
}

/** Serialises the writers of a collection of reference data, so that two can't insert rows with the same key. */
export function lockCollection(companyId: string, collection: string): Statement {
  return lock('lock_collection', `${companyId}/${collection}`, COLLECTION);
}

/** Keeps the rows of a collection from being deleted while others refer to them. Waits for writers of the collection. */
export function lockCollectionShared(companyId: string, collection: string): Statement {
  return {
    name: 'lock_collection_shared',
    text: 'SELECT pg_advisory_xact_lock_shared(hashtextextended($1, $2))',
    values: [`${companyId}/${collection}`, COLLECTION],
  };
}

/** Waits for the lock, which is held until the transaction ends. */
function lock(name: string, key: string, kind: number): Statement {
  return { name, text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', values: [key, kind] };
}
