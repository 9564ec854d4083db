import type { TSchema } from '@sinclair/typebox';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { distance } from 'fastest-levenshtein';
import type { FieldErrors } from '../../domain/errors.ts';
import { UUID_PATTERN } from '../../domain/ids.ts';
import { isAmount, isCurrency, isPositiveAmount } from '../../domain/money.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { parseDate, parseTimestamp } from '../../domain/timestamps.ts';
import { isExternalId } from '../../domain/vocabulary.ts';
import { messageOf } from './error-messages.ts';
import { hasNul, illFormedStrings } from './ill-formed-strings.ts';

/**
 * The result of checking a query or a body against the route's schema (contract §1). Query parameters are parsed into
 * booleans, integers and lists first; a body is never coerced. `errors` names every offending field at once.
 */
export type CheckedInput = {
  value: Record<string, unknown>;
  errors: FieldErrors;
  /** Names that the schema doesn't define; they are ignored and reported. */
  unknown: UnknownField[];
};

/**
 * `path`: of the field within objects and lists, as errors show it. `known`: the names that the schema defines there.
 */
export type UnknownField = { path: string; name: string; known: string[] };

type ObjectSchema = TSchema & { properties: Record<string, TSchema>; required?: string[] };

const ajv = new Ajv({ allErrors: true, coerceTypes: false, strict: false, verbose: true });
const E164_PATTERN = /^\+[1-9][0-9]{1,14}$/;
ajv.addFormat('uuid', UUID_PATTERN);
ajv.addFormat('date', (text: string) => parseDate(text) !== undefined);
ajv.addFormat('amount', isAmount);
ajv.addFormat('e164', E164_PATTERN);
ajv.addFormat('external-id', (text: string) => text === '' || isExternalId(text));
ajv.addFormat('date-time', (text: string) => parseTimestamp(text) !== undefined);
ajv.addFormat('positive-amount', isPositiveAmount);
ajv.addFormat('currency', isCurrency);
ajv.addFormat('assignee', (text: string) => UUID_PATTERN.test(text) || ['me', 'none'].includes(text));

const validators = new WeakMap<object, ValidateFunction>();

/** @param url the request URL, to find parameters that aren't percent-encoded UTF-8: `query` has those undecoded */
export function checkQuery(schema: TSchema, query: Record<string, unknown>, url: string): CheckedInput {
  const { properties } = schema as ObjectSchema;
  const value: Record<string, unknown> = {};
  const errors = undecodableParameters(url);
  const unknown: UnknownField[] = [];
  for (const [name, given] of Object.entries(query)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (errors[name]) continue;
    if (hasNul(name) || [given].flat().some(hasNul)) errors[name] = ['NUL characters are not allowed.'];
    else if (!property) unknown.push({ path: name, name, known: Object.keys(properties) });
    else readParameter(name, property, given as string | string[], value, errors);
  }
  return { value, errors: { ...errors, ...schemaErrors(schema, value, errors) }, unknown };
}

export function checkBody(schema: TSchema, body: unknown): CheckedInput {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { value: {}, errors: { body: ['Must be a JSON object.'] }, unknown: [] };
  }
  const { properties, required = [] } = schema as ObjectSchema;
  const errors: FieldErrors = illFormedStrings(body);
  const value: Record<string, unknown> = {};
  const unknown: UnknownField[] = [];
  addUnknownFields(schema, body, '', unknown);
  for (const [name, given] of Object.entries(body)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!property) continue;
    if (Array.isArray(given) && given.length > (property.maxItems ?? given.length))
      errors[name] = [`Must have at most ${property.maxItems} entries.`];
    else if (given !== null || acceptsNull(property)) value[name] = trimmed(property, given);
    else if (required.includes(name)) errors[name] = ['May not be null.'];
  }
  return { value, errors: { ...schemaErrors(schema, value, errors), ...errors }, unknown };
}

/** Appends the unknown fields of an object and of the objects within it, up to the number that is reported. */
function addUnknownFields(schema: TSchema, value: unknown, path: string, unknown: UnknownField[]): void {
  const { properties, items } = schema as Partial<ObjectSchema> & { items?: TSchema };
  if (items && Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      if (unknown.length >= MAX_UNKNOWN_FIELDS) return;
      addUnknownFields(items, entry, `${path}[${index}]`, unknown);
    }
  }
  if (!properties || typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, given] of Object.entries(value)) {
    if (unknown.length >= MAX_UNKNOWN_FIELDS) return;
    const at = path === '' ? name : `${path}.${name}`;
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) addUnknownFields(property, given, at, unknown);
    else unknown.push({ path: at, name, known: Object.keys(properties) });
  }
}

/** As many as are reported (`unknown-names.ts`). */
const MAX_UNKNOWN_FIELDS = 20;

/** Compares header names without case and reports them in the schema's spelling. */
export function checkHeaders(schema: TSchema, headers: Record<string, unknown>): FieldErrors {
  const value: Record<string, unknown> = {};
  for (const name of Object.keys((schema as ObjectSchema).properties)) {
    const given = headers[lowerCase(name)];
    if (given !== undefined) value[name] = given;
  }
  return schemaErrors(schema, value, {});
}

function undecodableParameters(url: string): FieldErrors {
  // Without a prototype, so that a parameter named `__proto__` is a parameter.
  const errors: FieldErrors = Object.create(null);
  if (!url.includes('%')) return errors;
  const [, query = ''] = url.split(/[?#](.*)/s);
  for (const parameter of query.replaceAll('+', ' ').split('&')) {
    const [name = ''] = parameter.split('=');
    if (decoded(parameter) === undefined) errors[decoded(name) ?? name] = ['Must be percent-encoded UTF-8.'];
  }
  return errors;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function readParameter(
  name: string,
  schema: TSchema,
  given: string | string[],
  value: Record<string, unknown>,
  errors: FieldErrors,
): void {
  if (Array.isArray(given) && schema.type !== 'array') {
    errors[name] = ['Given more than once.'];
    return;
  }
  const text = Array.isArray(given) ? given.join(',') : given;
  if (text.trim() === '') return;
  if (schema.type === 'array') {
    const entries = text.split(',').map((entry) => entry.trim());
    const given = new Set(entries.filter((entry) => entry !== ''));
    if (given.size > 0) value[name] = [...given];
  } else if (schema.type === 'boolean') {
    const flag = readBoolean(text.trim());
    if (flag === undefined) errors[name] = ['Must be true or false.'];
    else value[name] = flag;
  } else if (schema.type === 'integer') {
    // Larger values are clamped to the largest exact integer, which is beyond every page and limit.
    if (/^(0|[1-9][0-9]*)$/.test(text)) value[name] = Math.min(Number(text), Number.MAX_SAFE_INTEGER);
    else errors[name] = [`Must be a whole number${schema.minimum === undefined ? '' : ` from ${schema.minimum}`}.`];
  } else if (schema.format === 'date-time') {
    // In the canonical form, because PostgreSQL rounds fractions, refuses large offsets and year 0, and cursors compare it.
    value[name] = parseTimestamp(text) ?? text;
  } else {
    value[name] = text;
  }
}

function readBoolean(text: string): boolean | undefined {
  if (/^(true|1|yes)$/i.test(text)) return true;
  if (/^(false|0|no)$/i.test(text)) return false;
  return undefined;
}

function acceptsNull(schema: TSchema): boolean {
  return Array.isArray(schema.type) && schema.type.includes('null');
}

/** Trims the strings of a schema with `x-trim` before their length is checked. */
function trimmed(schema: TSchema, given: unknown): unknown {
  if (typeof given === 'string') return schema['x-trim'] ? given.trim() : given;
  if (Array.isArray(given) && schema.items) return given.map((entry) => trimmed(schema.items as TSchema, entry));
  if (!schema.properties || typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  // Made of entries, so that a field named `__proto__` is a field.
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const property = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
      return [name, property ? trimmed(property, value) : value];
    }),
  );
}

function schemaErrors(schema: TSchema, value: unknown, known: FieldErrors): FieldErrors {
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  if (validate(value)) return {};
  const errors: FieldErrors = {};
  for (const error of validate.errors ?? []) {
    const field = fieldOf(error);
    if (known[field] || errors[field]?.includes(messageOf(error))) continue;
    errors[field] = [...(errors[field] ?? []), messageOf(error)];
  }
  return errors;
}

/** `/invoice_ids/1` → `invoice_ids[1]`; a missing property is reported under its own path. */
function fieldOf(error: ErrorObject): string {
  const missing = error.keyword === 'required' ? `/${error.params.missingProperty}` : '';
  const [, ...steps] = `${error.instancePath}${missing}`.split('/');
  return steps.reduce(
    (path, step) => (/^[0-9]+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step),
    '',
  );
}

/**
 * @returns the known name that was probably meant, with at most one wrong letter in three; undefined when none is so
 *   close
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((candidate) => ({ candidate, steps: distance(lowerCase(name), candidate) }))
    .sort((one, other) => one.steps - other.steps);
  return nearest && nearest.steps <= name.length / 3 ? nearest.candidate : undefined;
}
