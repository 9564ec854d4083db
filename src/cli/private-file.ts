import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets of the demo, in files beside its database that only their owner can read. */

/** @returns undefined when there is no such file, or an empty one */
export async function readPrivateFile(dataDir: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(dataDir, name), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

export async function writePrivateFile(dataDir: string, name: string, text: string): Promise<void> {
  const path = join(dataDir, name);
  await mkdir(dataDir, { recursive: true });
  await writeFile(path, `${text}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}
