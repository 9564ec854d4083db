import type { FieldErrors } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { Collection, Row } from './collection.ts';
import type { RowInput } from './values.ts';

/** Matches the rows of a request to stored rows, and says what they should be afterwards. */

type MatchedInput = { input: RowInput; row: Row | undefined };

/** Matches each input to its stored row, by id or else by external id, and adds errors for ambiguous ones. */
export function matchStored(
  inputs: RowInput[],
  stored: Row[],
  pathOf: (index: number) => string,
  errors: FieldErrors,
): MatchedInput[] {
  const byId = new Map(stored.map((row) => [row.id, row]));
  const byExternalId = new Map(stored.map((row) => [row.external_id, row]));
  const keys = new Set<string>();
  return inputs.map((input, index) => {
    const externalId = input.external_id ?? undefined;
    const withExternalId = externalId === undefined ? undefined : byExternalId.get(externalId);
    const row = input.id ? byId.get(input.id) : withExternalId;
    const addError = (field: string, message: string) => {
      errors[`${pathOf(index)}${field}`] = [message];
    };
    if (!input.id && externalId === undefined) addError('id', 'Give an id, an external_id or both.');
    if (withExternalId && input.id && withExternalId.id !== input.id)
      addError('external_id', 'Another row already has this external id.');
    const id = row?.id ?? input.id;
    for (const [field, key] of [
      ['id', id],
      ['external_id', externalId],
    ] as const) {
      if (key === undefined || key === null) continue;
      if (keys.has(`${field} ${key}`)) addError(input[field] ? field : 'external_id', 'Occurs twice in this request.');
      keys.add(`${field} ${key}`);
    }
    return { input, row };
  });
}

/** The new state of the row. An omitted field gets its default, except `external_id`, which is kept. */
export function desiredRow(
  collection: Collection,
  companyId: string,
  input: RowInput,
  row: Row | undefined,
  now: string,
  addError: (field: string, message: string) => void,
): Row {
  const desired: Row = {
    id: row?.id ?? input.id ?? newId(),
    company_id: companyId,
    external_id: input.external_id ?? row?.external_id ?? null,
    created_at: row?.created_at ?? now,
    updated_at: now,
  };
  for (const [field, { whenOmitted = null, isReadOnly }] of Object.entries(collection.fields))
    desired[field] = isReadOnly ? (row?.[field] ?? null) : (input[field] ?? whenOmitted);
  const { completedAt } = collection;
  if (completedAt) {
    // A completed step stays completed at the same time, so that a manual log and a later request don't complete it
    // twice.
    if (row?.status === 'completed') {
      desired.status = 'completed';
      desired[completedAt] = input[completedAt] ?? row[completedAt] ?? null;
    } else if (desired.status === 'completed') desired[completedAt] ??= now;
    else if (desired[completedAt]) addError(completedAt, 'Requires the status completed.');
  }
  return desired;
}

export function isEqual(collection: Collection, stored: Row, desired: Row): boolean {
  return ['external_id', ...Object.keys(collection.fields)].every((field) => stored[field] === desired[field]);
}
