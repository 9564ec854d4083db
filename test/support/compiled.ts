import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject } from 'vitest';

/**
 * `comms` as tests start it: compiled, as in an installation, because a command that is translated while it loads takes
 * three times as long to start. Coverage needs the source.
 */

declare module 'vitest' {
  export interface ProvidedContext {
    /** What `node` is started with before the arguments of `comms`. */
    commsCommand: string[];
  }
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What `src/` finds beside it. */
const BESIDE = ['package.json', 'node_modules', 'migrations', 'assets', 'demo', 'deploy'];

/** The arguments of `node` that run `comms` with these. */
export function commsArguments(...args: string[]): string[] {
  return [...inject('commsCommand'), ...args];
}

/** @param folder where `src/` is compiled into, in a folder of its own @returns the value of `commsCommand` */
export async function compileComms(folder: string): Promise<string[]> {
  if (process.env.COVERAGE_OF_CHILDREN) return ['--import', import.meta.resolve('tsx'), join(ROOT, 'src/cli.ts')];
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['--noCheck', '--declaration', 'false', '--sourceMap', 'false', '--outDir', join(folder, 'dist')];
  for (const name of BESIDE) await symlink(join(ROOT, name), join(folder, name));
  await promisify(execFile)(process.execPath, [compiler, '-p', join(ROOT, 'tsconfig.build.json'), ...options]);
  return [join(folder, 'dist/cli.js')];
}
