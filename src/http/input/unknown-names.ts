import type { FieldErrors } from '../../domain/errors.ts';
import { nearestName } from './validation.ts';

/**
 * Parameters and fields that the API doesn't know, as the caller is told of them (contract §1, Unknown names). Whoever
 * sends long ones must still be able to read the answer: clients refuse one with large headers, after it was written.
 */
export type UnknownName = { shown: string; name: string; known: string[] };

const NAMES_TOLD = 20;
const LONGER_THAN_TOLD = /^(.{50}).+$/su;
const HEADER_CHARACTERS = 2_000;

/** The value of `X-Ignored-Parameters`: as many names as have room, the rest left out. */
export function ignoredParameters(unknown: readonly UnknownName[]): string {
  const names = [];
  let characters = 0;
  for (const { shown } of unknown.slice(0, NAMES_TOLD)) {
    const name = encodeURIComponent(shortened(shown));
    characters += name.length + ','.length;
    if (characters > HEADER_CHARACTERS) break;
    names.push(name);
  }
  return names.join(',');
}

/** For `Prefer: handling=strict`. */
export function unknownNameErrors(unknown: readonly UnknownName[]): FieldErrors {
  return Object.fromEntries(
    unknown.slice(0, NAMES_TOLD).map(({ shown, name, known }) => {
      const meant = nearestName(name, known);
      return [shortened(shown), [meant ? `Unknown; did you mean ${meant}?` : 'Unknown.']];
    }),
  );
}

/** At most 50 code points, and a sign that there were more. */
function shortened(name: string): string {
  return name.replace(LONGER_THAN_TOLD, '$1…');
}
