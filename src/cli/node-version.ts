/** As `engines` in package.json has it; a test compares the two. */
export const OLDEST_NODE = [20, 19] as const;

/** Why this Node can't run the server; undefined when it can. In words that every Node reads. */
export function versionFault(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Node ${version} is too old: ${OLDEST_NODE.join('.')} is the oldest that can work.`;
}
