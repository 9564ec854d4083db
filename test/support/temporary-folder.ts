import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Creates a folder that other accounts can enter. When this process is root, PostgreSQL runs as another user, and for a
 * folder that it can't enter the data would lie elsewhere, where removing the folder doesn't remove them.
 */
export async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await chmod(folder, 0o755);
  return folder;
}
