/**
 * The reference to a path relative to a URL (RFC 3986 §4.2), which is valid behind a proxy that strips a path prefix.
 * @param from the URL of the request, as this server receives it
 * @param to an absolute path on this server
 */
export function relativeReference(from: string, to: string): string {
  const [path = ''] = from.split('?');
  const folders = path.split('/').slice(0, -1);
  const target = to.split('/');
  let shared = 0;
  while (shared < folders.length && folders[shared] === target[shared]) shared += 1;
  return [...folders.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
}
