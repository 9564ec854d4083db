import { once } from 'node:events';

/** The error after which standard output can't be written any more. */
let outputError: NodeJS.ErrnoException | undefined;

/**
 * Makes a command end without a message when the program that reads its output closes the pipe, as in `| head -1`; the
 * command still closes the database. Any other write error, such as a full disk, is reported on standard error.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (outputError) return;
    outputError = error;
    process.exitCode = 1;
    if (error.code !== 'EPIPE') process.stderr.write(`The output can't be written (${error.code}).\n`);
  });
  process.stderr.on('error', () => undefined);
}

/** Whether `print` or `writeToOutput` threw this error, which `watchOutput` has already reported if necessary. */
export function isOutputError(error: unknown): boolean {
  return outputError !== undefined && error === outputError;
}

/** Prints the reason of a failure to standard error and with `--json` also as an object to standard output. */
export function printFailure(reason: string, json: boolean, details: Record<string, unknown> = {}): void {
  if (json && !outputError) print(JSON.stringify({ error: reason, ...details }));
  process.stderr.write(`${reason}\n`);
}

/** @throws the output's error when standard output can't be written any more */
export function print(line: string): void {
  if (outputError) throw outputError;
  process.stdout.write(`${line}\n`);
}

/**
 * Waits until a slow reader has consumed the buffer.
 * @throws the output's error when standard output can't be written any more
 */
export async function writeToOutput(lines: string): Promise<void> {
  if (outputError) throw outputError;
  if (!process.stdout.write(lines)) await once(process.stdout, 'drain');
}
