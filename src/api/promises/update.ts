import { lockCompanyShared } from '../../conversations/append.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Tx } from '../../db/transaction.ts';
import { notFound } from '../../domain/errors.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import type { PaymentPromise, PromiseChange } from './schema.ts';
import { getPromise } from './service.ts';

type StoredPromise = Record<'status' | 'due_on' | 'amount' | 'currency', string | null> & { thread_id: string };

/**
 * Changes the given fields of a promise. Without an effective change nothing is written, neither to the audit trail nor
 * to the event feed. The `updated_at` of the message that shows the promise changes too.
 * @param checkPrecondition called with the locked promise; throws to refuse the change
 * @throws notFound, unavailable during an import
 */
export async function updatePromise(
  tx: Tx,
  companyId: string,
  promiseId: string,
  actor: Actor,
  wanted: PromiseChange,
  checkPrecondition?: (current: PaymentPromise) => void,
): Promise<PaymentPromise> {
  const [, [stored]] = await settleAll(
    lockCompanyShared(tx, companyId),
    tx.query<StoredPromise>({
      name: 'lock_promise',
      text: `
        SELECT status, due_on::text AS due_on, amount::text AS amount, currency, thread_id
        FROM promises
        WHERE company_id = $1 AND id = $2
        FOR UPDATE`,
      values: [companyId, promiseId],
    }),
  );
  if (!stored) throw notFound();
  if (checkPrecondition) checkPrecondition(await getPromise(tx, companyId, promiseId));
  const fields = FIELDS.filter((field) => wanted[field] !== undefined && wanted[field] !== stored[field]);
  if (fields.length > 0) await writePromise(tx, companyId, promiseId, actor, { ...stored, ...wanted }, fields);
  return getPromise(tx, companyId, promiseId);
}

const FIELDS = ['status', 'due_on', 'amount', 'currency'] as const;

async function writePromise(
  tx: Tx,
  companyId: string,
  promiseId: string,
  actor: Actor,
  promise: StoredPromise,
  fields: readonly string[],
): Promise<void> {
  const { status, due_on: dueOn, amount, currency, thread_id: threadId } = promise;
  const now = new Date().toISOString();
  tx.send({
    name: 'update_promise',
    text: `
      UPDATE promises
      SET status = $3, due_on = $4, amount = $5, currency = $6, updated_at = $7
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, promiseId, status, dueOn, amount, currency, now],
  });
  tx.send({
    name: 'touch_promising_thread',
    text: 'UPDATE communication_threads SET updated_at = $3 WHERE company_id = $1 AND id = $2',
    values: [companyId, threadId, now],
  });
  recordChange(tx, companyId);
  recordAudit(tx, companyId, actor, {
    action: 'promise.updated',
    subjectId: promiseId,
    details: { thread_id: threadId, fields },
  });
}
