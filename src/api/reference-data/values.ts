import { lowerCase } from '../../domain/normalize-text.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';
import { type Collection, writtenFields } from './definitions.ts';

/** A row in a request; null means that the field is omitted. */
export type Given = { id?: string | null; external_id?: string | null } & Record<string, string | null | undefined>;

/** Lower-cases ids and trims all other values except descriptions and labels. */
export function trimmedRow(given: Given): Given {
  const row: Given = { ...given };
  for (const [field, value] of Object.entries(given)) {
    if (typeof value !== 'string') continue;
    if (field === 'id' || (field.endsWith('_id') && !field.endsWith('external_id'))) row[field] = lowerCase(value);
    else row[field] = field === 'description' || field === 'label' ? value : value.trim();
  }
  return row;
}

/**
 * Converts values to the form in which they are stored, so that they can be compared with stored ones.
 * @param fault called with each error
 */
export function normalised(
  collection: Collection,
  given: Given,
  fault: (field: string, message: string) => void,
): Given {
  const row: Given = { ...given };
  if (row.external_id === '') fault('external_id', 'May not be blank.');
  for (const [field, { type, isRequired }] of writtenFields(collection)) {
    const value = row[field];
    if (value === '' && isRequired) fault(field, 'May not be blank.');
    if (typeof value === 'string' && type === 'timestamptz') row[field] = parseTimestamp(value) ?? value;
    if (typeof value === 'string' && type === 'numeric' && /^-0(\.0+)?$/.test(value)) row[field] = value.slice(1);
  }
  return row;
}
