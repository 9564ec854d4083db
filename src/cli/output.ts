import { once } from 'node:events';

/** What became of standard output, once nothing can be written there any more. */
let lost: NodeJS.ErrnoException | undefined;

/**
 * A reader that goes away, as in `| head -1`, ends a command without a word, as it ends others; the database is left in
 * order all the same. Anything else, such as a full disk, is said.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (lost) return;
    lost = error;
    process.exitCode = 1;
    if (error.code !== 'EPIPE') process.stderr.write(`The output can't be written (${error.code}).\n`);
  });
  process.stderr.on('error', () => undefined);
}

/** Whether this is what `print` and `writeToOutput` threw: it was said already, as far as there is something to say. */
export function isOutputLost(error: unknown): boolean {
  return lost !== undefined && error === lost;
}

/** The reason for a person, and with `--json` for a program, too. */
export function tellReason(reason: string, json: boolean, details: Record<string, unknown> = {}): void {
  if (json && !lost) print(JSON.stringify({ error: reason, ...details }));
  process.stderr.write(`${reason}\n`);
}

/** @throws what became of the output, when that is lost */
export function print(line: string): void {
  if (lost) throw lost;
  process.stdout.write(`${line}\n`);
}

/** Waits for a reader that is slower. @throws what became of the output, when that is lost */
export async function writeToOutput(lines: string): Promise<void> {
  if (lost) throw lost;
  if (!process.stdout.write(lines)) await once(process.stdout, 'drain');
}
