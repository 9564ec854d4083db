import { lockCompanyShared } from '../../conversations/append.ts';
import { lockCollection, lockCollectionShared } from '../../db/locks.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Tx } from '../../db/transaction.ts';
import { type FieldErrors, invalid } from '../../domain/errors.ts';
import { STEPS } from '../../domain/scheduled-steps.ts';
import type { Actor } from '../../journal/audit.ts';
import { type Collection, columnsOf, type Row } from './collection.ts';
import { desiredRow, isEqual, matchStored } from './desired-rows.ts';
import { findParents, type Parents, parentCollections, resolveParents } from './parents.ts';
import { rowsByKeySql } from './rows-by-key.ts';
import { insertRows, recordRows, updateRows, type WrittenRow } from './store-rows.ts';
import { normalised, type RowInput } from './values.ts';

/**
 * Creates or replaces rows of a collection, all or nothing, with the same number of statements for one row as for
 * hundreds.
 * @param inputs rows that match the collection's schema
 * @param pathOf the prefix of a row's fields in error paths, such as `data[3].`
 * @param check called with the first stored row, or undefined when there is none; throws to refuse the change
 * @throws invalid with every error, unavailable during an import
 */
export async function setRows(
  tx: Tx,
  collection: Collection,
  companyId: string,
  actor: Actor,
  inputs: RowInput[],
  pathOf: (index: number) => string,
  check?: (stored: Row | undefined) => void,
): Promise<WrittenRow[]> {
  await lockCompanyShared(tx, companyId);
  // Serialises writers of the collection: two concurrent writers of one external id would otherwise both insert it.
  tx.send(lockCollection(companyId, collection.name));
  // Always from children to parents, so that two writers can't deadlock.
  for (const parent of parentCollections(collection)) tx.send(lockCollectionShared(companyId, parent));
  const [stored, parents] = await settleAll(
    findStored(tx, collection, companyId, inputs),
    findParents(tx, collection, companyId, inputs),
  );
  const changes = changesOf(collection, companyId, { inputs, stored, parents }, pathOf);
  check?.(changes[0]?.stored);

  const written = changes.map((change) => writtenRow(collection, change));
  insertRows(tx, collection, written);
  updateRows(tx, collection, companyId, written);
  recordRows(tx, collection, companyId, actor, written);
  if (collection.name === 'customers') touchPromisesOfRenamed(tx, companyId, changes);
  touchMessagesOfSteps(tx, collection, companyId, changes);
  return written;
}

/** The stored row, or undefined when there is none, and the row as the request wants it. */
type Change = { stored: Row | undefined; desired: Row };

/** @throws invalid with every error */
function changesOf(
  collection: Collection,
  companyId: string,
  { inputs, stored, parents }: { inputs: RowInput[]; stored: Row[]; parents: Parents },
  pathOf: (index: number) => string,
): Change[] {
  const errors: FieldErrors = {};
  const now = new Date().toISOString();
  const changes = matchStored(inputs, stored, pathOf, errors).map(({ input, row }, index) => {
    const addError = (field: string, message: string) => {
      errors[`${pathOf(index)}${field}`] ??= [message];
    };
    const resolved = resolveParents(collection, input, parents, row, addError);
    const values = normalised(collection, resolved, addError);
    return { stored: row, desired: desiredRow(collection, companyId, values, row, now, addError) };
  });
  if (Object.keys(errors).length > 0) throw invalid(errors);
  return changes;
}

function writtenRow(collection: Collection, { stored, desired }: Change): WrittenRow {
  if (!stored) return { row: desired, outcome: 'created' };
  return isEqual(collection, stored, desired)
    ? { row: stored, outcome: 'unchanged' }
    : { row: desired, outcome: 'updated' };
}

/** A promise shows its customer's name. */
function touchPromisesOfRenamed(tx: Tx, companyId: string, changes: Change[]): void {
  const renamed = changes.filter(({ stored, desired }) => stored && stored.name !== desired.name);
  if (renamed.length === 0) return;
  tx.send({
    name: 'touch_promises_of_renamed',
    text: 'UPDATE promises SET updated_at = $3 WHERE company_id = $1 AND customer_id = ANY($2::uuid[])',
    values: [companyId, renamed.map(({ desired }) => desired.id), new Date().toISOString()],
  });
}

/** A message shows when its scheduled action or touchpoint was completed, or else its status. */
function touchMessagesOfSteps(tx: Tx, { table, completedAt }: Collection, companyId: string, changes: Change[]): void {
  const step = Object.values(STEPS).find((names) => names.table === table);
  if (!step || !completedAt) return;
  const changed = changes.filter(({ stored, desired }) => stored && showsChange(stored, desired, completedAt));
  if (changed.length === 0) return;
  tx.send({
    name: `touch_messages_of_${step.kind}s`,
    text: `UPDATE communication_threads SET updated_at = $3 WHERE company_id = $1 AND ${step.link} = ANY($2::uuid[])`,
    values: [companyId, changed.map(({ desired }) => desired.id), new Date().toISOString()],
  });
}

function showsChange(stored: Row, desired: Row, completedAt: string): boolean {
  return stored.status !== desired.status || stored[completedAt] !== desired[completedAt];
}

function findStored(tx: Tx, collection: Collection, companyId: string, inputs: RowInput[]): Promise<Row[]> {
  return tx.query<Row>({
    name: `stored_${collection.name}`,
    text: rowsByKeySql(collection.table, columnsOf(collection), collection.completedAt ? LOCKED_AGAINST_LOGS : ''),
    values: [companyId, inputs.flatMap(({ id }) => id ?? []), inputs.flatMap((input) => input.external_id ?? [])],
  });
}

/** A manual log completes a step without the collection's lock. Nothing else writes rows of a collection without it. */
const LOCKED_AGAINST_LOGS = 'FOR NO KEY UPDATE';
