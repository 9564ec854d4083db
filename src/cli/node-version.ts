/** The minimum of `engines` in package.json; a test compares the two. */
export const OLDEST_NODE = [20, 19] as const;

/**
 * The reason why this version of Node can't run the server; undefined when it can. Old versions of Node run this file, so
 * it uses only syntax that they parse.
 */
export function versionFault(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Node ${version} is too old: ${OLDEST_NODE.join('.')} is the oldest supported version.`;
}
