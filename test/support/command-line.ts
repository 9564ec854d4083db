import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { commsArguments } from './compiled.ts';

export type Outcome = { code: number | null; stdout: string; stderr: string };

/** Runs `comms` as an operator does: a process of its own in an empty folder, with these settings and no others. */
export type CommandLine = {
  folder: string;
  run(args: string[], options?: RunOptions): Promise<Outcome>;
  /** The object that `--json` prints; fails when the command does. */
  json(args: string[], options?: RunOptions): Promise<Record<string, unknown>>;
  start(args: string[], settings?: Settings): ChildProcessWithoutNullStreams;
  close(): Promise<void>;
};

type Settings = Record<string, string>;
type RunOptions = { settings?: Settings; stdin?: string };

export async function openCommandLine(settings: Settings): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), 'comms-cli-'));
  const start: CommandLine['start'] = (args, more = {}) =>
    spawn(process.execPath, commsArguments(...args), {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings, ...more },
    });
  const run: CommandLine['run'] = async (args, { settings: more = {}, stdin = '' } = {}) => {
    const child = start(args, more);
    child.stdin.on('error', () => undefined).end(stdin);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
    return { code: child.exitCode, stdout, stderr };
  };
  return {
    folder,
    run,
    start,
    json: async (args, options) => {
      const { code, stdout, stderr } = await run([...args, '--json'], options);
      if (code !== 0) throw new Error(`comms ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
}
