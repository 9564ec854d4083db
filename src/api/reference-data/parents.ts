import type { Tx } from '../../db/transaction.ts';
import { type Collection, type CollectionName, type Field, type Row, writtenFields } from './collection.ts';
import { COLLECTIONS } from './definitions.ts';
import { rowsByKeySql } from './rows-by-key.ts';
import { externalOf } from './schema.ts';
import type { RowInput } from './values.ts';

/** The customers and invoices that rows refer to, by id or external id. */

type Parent = { id: string; external_id: string | null; customer_id: string };
export type Parents = Map<string, { byId: Map<string, Parent>; byExternalId: Map<string | null, Parent> }>;

function parentFields(collection: Collection): [string, Field][] {
  return writtenFields(collection).filter(([, { parent }]) => parent !== undefined);
}

/** The collections that rows of this one refer to. */
export function parentCollections(collection: Collection): CollectionName[] {
  return parentFields(collection).map(([, { parent = 'customers' }]) => parent);
}

/** Reads the parents. The caller holds the locks of their collections, so that none is deleted meanwhile. */
export async function findParents(
  tx: Tx,
  collection: Collection,
  companyId: string,
  inputs: RowInput[],
): Promise<Parents> {
  const found = parentFields(collection).map(async ([field, { parent = 'customers' }]) => {
    const { table } = COLLECTIONS[parent];
    const rows = await tx.query<Parent>({
      name: `parents_${parent}`,
      text: rowsByKeySql(
        table,
        `t.id, t.external_id, ${parent === 'customers' ? 't.id' : 't.customer_id'} AS customer_id`,
      ),
      values: [
        companyId,
        [...new Set(inputs.flatMap((row) => row[field] ?? []))],
        [...new Set(inputs.flatMap((row) => row[externalOf(field)] ?? []))],
      ],
    });
    const maps = {
      byId: new Map(rows.map((row) => [row.id, row])),
      byExternalId: new Map(rows.map((row) => [row.external_id, row])),
    };
    return [field, maps] as const;
  });
  return new Map(await Promise.all(found));
}

/**
 * The row with the ids of its parents, which may be given by id or by external id.
 * @param addError called with each error
 */
export function resolveParents(
  collection: Collection,
  input: RowInput,
  parents: Parents,
  stored: Row | undefined,
  addError: (field: string, message: string) => void,
): RowInput {
  const row: RowInput = { ...input };
  for (const [field, { isRequired, parent }] of parentFields(collection)) {
    const what = parent === 'invoices' ? 'invoice' : 'customer';
    const maps = parents.get(field);
    const [id, key] = [input[field], input[externalOf(field)]];
    const byKey = key ? maps?.byExternalId.get(key) : undefined;
    const found = id ? maps?.byId.get(id) : byKey;
    if (!id && !key) {
      if (isRequired) addError(field, 'This field is required.');
      continue;
    }
    if (id && !found) addError(field, `No such ${what}.`);
    if (key && !byKey) addError(externalOf(field), `No such ${what}.`);
    if (id && byKey && byKey.id !== id) addError(externalOf(field), `Refers to another ${what} than ${field}.`);
    if (!found) continue;
    row[field] = found.id;
    const named = id ? field : externalOf(field);
    // A row can't change its customer, because messages refer to both.
    if (what === 'customer' && stored && stored.customer_id !== found.id)
      addError(named, 'The row belongs to another customer, which can’t be changed.');
    if (what === 'invoice' && row.customer_id && found.customer_id !== row.customer_id)
      addError(named, 'No such invoice for this customer.');
  }
  return row;
}
