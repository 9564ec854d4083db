import type { ErrorObject } from 'ajv';
import { timestampFault } from '../../domain/timestamps.ts';

const FORMAT_MESSAGES: Record<string, (text: string) => string> = {
  uuid: () => 'Must be a valid UUID.',
  date: () => 'Must be a date such as 2026-05-31 (YYYY-MM-DD).',
  'date-time': timestampFault,
  'positive-amount': () =>
    'Must be a decimal number above zero, with at most 15 digits before the point and 6 after it.',
  assignee: () => 'Must be the UUID of a user, me or none.',
  currency: () => 'Must be an ISO 4217 currency code such as EUR.',
  amount: () => 'Must be a decimal number such as "1250.00", with at most 15 digits before the point and 6 after it.',
  e164: () => 'Must be an E.164 number such as +15551234567.',
  'external-id': () => 'May not hold commas, control characters or blanks at its ends.',
};

const TYPE_NAMES: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  object: 'an object',
  string: 'a string',
};

/** What a client reads for an error of the schema's validator. */
export function messageOf({ keyword, params, data, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'This field is required.';
    case 'enum':
      return `Must be one of ${(params.allowedValues as unknown[]).filter((allowed) => allowed !== null).join(', ')}.`;
    case 'type':
      return `Must be ${[params.type]
        .flat()
        .map((type: string) => TYPE_NAMES[type] ?? type)
        .join(' or ')}.`;
    case 'format':
      return FORMAT_MESSAGES[params.format]?.(data as string) ?? `Must be a valid ${params.format}.`;
    case 'minLength':
      return data === '' ? 'May not be blank.' : `Must have at least ${params.limit} characters.`;
    case 'maxLength':
      return `Must have at most ${params.limit} characters.`;
    case 'pattern':
      return 'Must be printable ASCII characters.';
    case 'minimum':
    case 'maximum':
      return parentSchema?.maximum === undefined
        ? `Must be at least ${parentSchema?.minimum}.`
        : `Must be from ${parentSchema.minimum} to ${parentSchema.maximum}.`;
    default:
      return 'Is not valid.';
  }
}
