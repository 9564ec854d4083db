import type { Statement } from './statement.ts';
import type { Tx } from './transaction.ts';

/**
 * Advisory locks of a transaction. A writer takes its company's lock shared; an import takes it alone. Who adds a
 * message to a conversation then takes the conversation's own. Always in this order.
 */
const COMPANY = 1;
const THREAD_GROUP = 2;
const IDEMPOTENCY_KEY = 3;
const FOLDING = 4;
const COMPANY_MAIL = 5;
const CALL = 6;
const COLLECTION = 7;

/** @returns a statement with one row `{ locked }`: false while the company is being imported */
export function tryShareCompany(companyId: string): Statement {
  return {
    name: 'try_share_company',
    text: 'SELECT pg_try_advisory_xact_lock_shared(hashtextextended($1, $2)) AS locked',
    values: [companyId, COMPANY],
  };
}

/** Waits until every writer of the company is done and keeps new ones out until the transaction ends. */
export async function lockCompanyAlone(tx: Tx, companyId: string): Promise<void> {
  await tx.query(lock('lock_company_alone', companyId, COMPANY));
}

/** Waits until the company's counts aren't being folded; until the transaction ends they won't be. */
export function lockFolding(companyId: string): Statement {
  return lock('lock_folding', companyId, FOLDING);
}

/** The same for who only folds: SQL, false while somebody else does. @param company its id, as SQL */
export function tryLockFoldingSql(company: string): string {
  return `pg_try_advisory_xact_lock(hashtextextended(${company}::uuid::text, ${FOLDING}))`;
}

/** A statement of its own, so that the next one sees what the previous holder committed. */
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
 * One mail of a company is placed at a time: which conversation it belongs to depends on the others, and two that show
 * each other to be the same must not pass. After the company's lock, before the conversations'.
 */
export function lockCompanyMail(companyId: string): Statement {
  return lock('lock_company_mail', companyId, COMPANY_MAIL);
}

/** One event of a call at a time, by the conversation or leg that names it, before its company is known. */
export function lockCall(key: string): Statement {
  return lock('lock_call', key, CALL);
}

/** One writer of a collection of reference data at a time: two that make a row with one key must not pass. */
export function lockCollection(companyId: string, collection: string): Statement {
  return lock('lock_collection', `${companyId}/${collection}`, COLLECTION);
}

/** Waits for it; held until the transaction ends. */
function lock(name: string, key: string, kind: number): Statement {
  return { name, text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', values: [key, kind] };
}
