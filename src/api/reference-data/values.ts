import { lowerCase } from '../../domain/normalize-text.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';
import { type Collection, writtenFields } from './collection.ts';

/** A row in a request; null means that the field is omitted. */
export type RowInput = { id?: string | null; external_id?: string | null } & Record<string, string | null | undefined>;

/** Lower-cases ids and trims all other values except descriptions and labels. */
export function trimmedRow(input: RowInput): RowInput {
  const row: RowInput = { ...input };
  for (const [field, value] of Object.entries(input)) {
    if (typeof value !== 'string') continue;
    if (field === 'id' || (field.endsWith('_id') && !field.endsWith('external_id'))) row[field] = lowerCase(value);
    else row[field] = field === 'description' || field === 'label' ? value : value.trim();
  }
  return row;
}

/**
 * Converts values to the form in which they are stored, so that they can be compared with stored ones.
 * @param addError called with each error
 */
export function normalised(
  collection: Collection,
  input: RowInput,
  addError: (field: string, message: string) => void,
): RowInput {
  const row: RowInput = { ...input };
  if (row.external_id === '') addError('external_id', 'May not be blank.');
  for (const [field, { type, isRequired }] of writtenFields(collection)) {
    const value = row[field];
    if (value === '' && isRequired) addError(field, 'May not be blank.');
    if (typeof value === 'string' && type === 'timestamptz') row[field] = parseTimestamp(value) ?? value;
    if (typeof value === 'string' && type === 'numeric' && /^-0(\.0+)?$/.test(value)) row[field] = value.slice(1);
  }
  return row;
}
