/**
 * A path as it is written relative to an address (RFC 3986 §4.2), so that it also holds behind a proxy that strips a prefix.
 * @param from the address that was asked for, as this server sees it
 */
export function relativeReference(from: string, to: string): string {
  const [path = ''] = from.split('?');
  const folders = path.split('/').slice(0, -1);
  const target = to.split('/');
  let shared = 0;
  while (shared < folders.length && folders[shared] === target[shared]) shared += 1;
  return [...folders.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
}
