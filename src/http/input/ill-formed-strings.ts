import type { FieldErrors } from '../../domain/errors.ts';

/** Bounds the response to a hostile body. */
const MAX_REPORTED_STRINGS = 20;
/** A path that is longer than this isn't extended: the response cuts it, and building it costs time. */
const MAX_PATH_LENGTH = 200;

/** Reports names and strings that PostgreSQL can't store unchanged: with NUL or with half a surrogate pair. */
export function illFormedStrings(body: object): FieldErrors {
  // Without a prototype, so that a field named `__proto__` is a field.
  const errors: FieldErrors = Object.create(null);
  let named = 0;
  const pending = Object.entries(body).map(([name, value]) => ({ path: name, name, value: value as unknown }));
  for (let next = pending.pop(); next && named < MAX_REPORTED_STRINGS; next = pending.pop()) {
    const { path, name, value } = next;
    const fault = faultOf(name, 'A name') ?? (typeof value === 'string' ? faultOf(value, 'Text') : undefined);
    if (fault) {
      errors[
        path
          .slice(0, 2 * MAX_PATH_LENGTH)
          .toWellFormed()
          .replaceAll('\0', '\uFFFD')
      ] = [fault];
      named += 1;
    }
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries())
        pending.push({ path: extended(path, `[${index}]`), name: '', value: entry });
    } else if (typeof value === 'object' && value !== null) {
      for (const [field, entry] of Object.entries(value))
        pending.push({ path: extended(path, `.${field}`), name: field, value: entry });
    }
  }
  return errors;
}

function extended(path: string, step: string): string {
  return path.length > MAX_PATH_LENGTH ? path : path + step;
}

function faultOf(text: string, what: string): string | undefined {
  if (hasNul(text)) return `${what} with a NUL character is not allowed.`;
  return text.isWellFormed() ? undefined : `${what} with half a surrogate pair is not allowed.`;
}

export function hasNul(text: unknown): boolean {
  return typeof text === 'string' && text.includes('\0');
}
