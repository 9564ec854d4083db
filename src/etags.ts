import { createHash } from 'node:crypto';

/** Weak entity tags (contract §1, Caching): the same tag means the same meaning, not the same bytes. */

/** @param version the company's list version, read before the rows so that it is never newer than they are */
export function listETag(route: string, params: unknown, query: unknown, version: string): string {
  return weakTag([route, JSON.stringify(params), JSON.stringify(query), version]);
}

/** Of one object as it is sent. */
export function objectETag(body: string): string {
  return weakTag([body]);
}

/** Whether an `If-None-Match` (or `If-Match`) names the tag; `*` names every one. */
export function isUnchanged(header: string, etag: string): boolean {
  return header.split(',').some((candidate) => {
    const tag = candidate.trim();
    return tag === '*' || tag === etag || `W/${tag}` === etag;
  });
}

function weakTag(parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return `W/"${hash.digest('base64url').slice(0, 22)}"`;
}
