import type { FieldErrors } from '../../domain/errors.ts';
import { nearestName } from './validation.ts';

/**
 * A parameter or field that no schema defines, as the response reports it (contract §1, Unknown names). The report is
 * bounded, because clients fail on responses with large headers, and by then the write is committed.
 */
export type UnknownName = { shown: string; name: string; known: string[] };

const MAX_REPORTED_NAMES = 20;
const LONGER_THAN_SHOWN = /^(.{50}).+$/su;
const MAX_HEADER_CHARACTERS = 2_000;

/** The value of `X-Ignored-Parameters`: as many names as fit into it. */
export function ignoredParameters(unknown: readonly UnknownName[]): string {
  const names = [];
  let characters = 0;
  for (const { shown } of unknown.slice(0, MAX_REPORTED_NAMES)) {
    const name = encodeURIComponent(shortened(shown));
    characters += name.length + ','.length;
    if (characters > MAX_HEADER_CHARACTERS) break;
    names.push(name);
  }
  return names.join(',');
}

/** The validation errors that unknown names are with `Prefer: handling=strict`. */
export function unknownNameErrors(unknown: readonly UnknownName[]): FieldErrors {
  return Object.fromEntries(
    unknown.slice(0, MAX_REPORTED_NAMES).map(({ shown, name, known }) => {
      const meant = nearestName(name, known);
      return [shortened(shown), [meant ? `Unknown; did you mean ${meant}?` : 'Unknown.']];
    }),
  );
}

/** At most 50 code points, with an ellipsis where the name is cut. */
function shortened(name: string): string {
  return name.replace(LONGER_THAN_SHOWN, '$1…');
}
