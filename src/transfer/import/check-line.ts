import type { TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import { ValueErrorType } from '@sinclair/typebox/errors';
import { UUID_PATTERN } from '../../domain/ids.ts';
import { LINE_TYPES, LINES, type LineOf, type LineType, type ThreadLine } from '../line-schema.ts';

/**
 * The result of checking a line by itself: its form, and the rules between its fields. References are checked later.
 */
export type CheckedLine<Type extends LineType = LineType> =
  | { ok: true; line: { [T in Type]: LineOf<T> }[Type] }
  | { ok: false; errors: string[]; known: KnownKeys | undefined };

/** The keys of a faulty line, so that lines which refer to it aren't reported too. */
export type KnownKeys = { type: LineType; company_id?: string; id?: string; user_id?: string };

const CHECKS = new Map<string, TypeCheck<TSchema>>(LINE_TYPES.map((type) => [type, TypeCompiler.Compile(LINES[type])]));
/** Deeper than any real JSON. PostgreSQL's own limit would give an error without the line's number. */
const JSON_DEPTH = 50;

export function checkLine(text: string): CheckedLine {
  const parsed = parseObject(text);
  if (typeof parsed === 'string') return { ok: false, errors: [parsed], known: undefined };
  const type = parsed.type;
  const check = typeof type === 'string' ? CHECKS.get(type) : undefined;
  if (!check) {
    return { ok: false, errors: [`type must be one of ${LINE_TYPES.join(', ')}`], known: undefined };
  }
  const errors = check.Check(parsed) ? [] : formErrors(check, parsed);
  // In valid UTF-8 and JSON, NUL and lone surrogates can only be escapes.
  if (text.includes('\\u')) errors.push(...textErrors(parsed));
  if (errors.length === 0) errors.push(...ruleErrors(parsed as LineOf<LineType>));
  if (errors.length > 0) return { ok: false, errors, known: knownKeys(parsed) };
  return { ok: true, line: parsed as LineOf<LineType> };
}

function parseObject(text: string): Record<string, unknown> | string {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Record<string, unknown>;
    }
    return 'must be a JSON object';
  } catch {
    return 'is not valid JSON';
  }
}

function formErrors(check: TypeCheck<TSchema>, parsed: Record<string, unknown>): string[] {
  const errors = new Map<string, string>();
  for (const { path, type, schema } of check.Errors(parsed)) {
    const field = fieldOf(path);
    if (errors.has(field)) continue;
    if (type === ValueErrorType.ObjectRequiredProperty) errors.set(field, `${field} is missing`);
    else if (type === ValueErrorType.ObjectAdditionalProperties) errors.set(field, `${field} is no field of this type`);
    else errors.set(field, `${field} must be ${schema.must ?? 'of another form'}`);
  }
  return [...errors.values()];
}

/** `/to/0/email` → `to[0].email` */
function fieldOf(path: string): string {
  const [, first = '', ...steps] = path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce((field, step) => (/^[0-9]+$/.test(step) ? `${field}[${step}]` : `${field}.${step}`), first);
}

/** PostgreSQL can't store NUL, and can't store a lone surrogate unchanged. */
function textErrors(parsed: Record<string, unknown>): string[] {
  const errors: string[] = [];
  for (const [field, value] of Object.entries(parsed)) {
    const texts = typeof value === 'string' ? [value] : textsWithin(value);
    if (texts.some((text) => text.includes('\0'))) errors.push(`${field} holds a NUL character`);
    if (texts.some((text) => !text.isWellFormed())) errors.push(`${field} holds half a surrogate pair`);
  }
  return errors;
}

function textsWithin(value: unknown): string[] {
  const texts: string[] = [];
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string') texts.push(next);
    else if (Array.isArray(next)) for (const entry of next) pending.push(entry);
    else if (typeof next === 'object' && next !== null) {
      for (const [name, entry] of Object.entries(next)) {
        texts.push(name);
        pending.push(entry);
      }
    }
  }
  return texts;
}

function ruleErrors(line: LineOf<LineType>): string[] {
  if (line.type === 'thread') return threadErrors(line);
  if (line.type === 'scheduled_action' && line.executed_at && line.status !== 'completed') {
    return ['executed_at goes only with status completed'];
  }
  if (line.type === 'scheduled_touchpoint' && line.completed_at && line.status !== 'completed') {
    return ['completed_at goes only with status completed'];
  }
  return [];
}

function threadErrors(line: ThreadLine): string[] {
  const errors = line.source === 'manual' ? manualLogErrors(line) : [];
  if (line.source !== 'manual' && isGiven(line.notes)) errors.push('notes go only with source manual');
  if (line.provider?.recordings && isDeeper(line.provider.recordings, JSON_DEPTH)) {
    errors.push(`provider.recordings must not be nested deeper than ${JSON_DEPTH}`);
  }
  if (line.provider?.call_state && isDeeper(line.provider.call_state, JSON_DEPTH)) {
    errors.push(`provider.call_state must not be nested deeper than ${JSON_DEPTH}`);
  }
  return errors;
}

/** Fields that a manual log never has (contract §2). */
function manualLogErrors(line: ThreadLine): string[] {
  const errors: string[] = [];
  for (const field of ['body', 'body_type', 'from', 'call', 'is_ar_related'] as const) {
    if (isGiven(line[field])) errors.push(`${field} doesn't go with source manual`);
  }
  for (const field of ['to', 'cc'] as const) {
    if (line[field]?.length) errors.push(`${field} doesn't go with source manual`);
  }
  if (line.requires_response) errors.push("requires_response doesn't go with source manual");
  return errors;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((entry) => isDeeper(entry, depth - 1));
}

function knownKeys(parsed: Record<string, unknown>): KnownKeys {
  const known: KnownKeys = { type: parsed.type as LineType };
  for (const field of ['company_id', 'id', 'user_id'] as const) {
    const value = parsed[field];
    if (typeof value === 'string' && UUID_PATTERN.test(value)) known[field] = value;
  }
  return known;
}
