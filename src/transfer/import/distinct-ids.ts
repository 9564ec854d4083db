import { lowerCase } from '../../domain/normalize-text.ts';

/** In order, each once, in lower case. */
export function distinctIds(ids: readonly string[] | null | undefined): string[] {
  return [...new Set((ids ?? []).map((id) => lowerCase(id)))];
}
