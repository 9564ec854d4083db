import type { Command } from 'commander';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { ImportRefused } from '../transfer/import/faults.ts';
import { type ImportResult, importLines } from '../transfer/import/import.ts';
import { type ImportFile, openFile, spool } from '../transfer/import/source.ts';
import { openProgressBar } from './progress.ts';
import { act, type Cli, CommandFailed, type CommandOutput, uuidOf, WrongUsage, withDatabase } from './run-command.ts';

type ImportOptions = { dryRun?: boolean; company?: string; withMembers?: boolean };

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('import companies with their history: one JSON object per line, all or nothing')
    .argument('<file>', 'the file, or - for standard input')
    .option('--company <uuid>', 'refuse lines of other companies, users and memberships')
    .option('--with-members', 'with --company, accept users and memberships')
    .option('--dry-run', 'check the file and change nothing')
    .action(act(importFile));
}

async function importFile(cli: Cli, options: ImportOptions, file = '-'): Promise<CommandOutput> {
  const { dryRun = false, company, withMembers = false } = options;
  if (withMembers && company === undefined) throw new WrongUsage('--with-members requires --company.');
  const confinement = company === undefined ? undefined : { companyId: uuidOf('--company', company), withMembers };
  const name = file === '-' ? 'the file' : file;
  const began = performance.now();
  const source = await openSource(file);
  try {
    const result = await withDatabase(cli, async (db, database) => {
      const ring = await openKeyRing(db, database.encryptionKeys);
      const bar = openProgressBar(cli.json);
      try {
        const onProgress = ({ step, done, total }: { step: string; done: number; total: number }) =>
          bar.show(step, done, total);
        return await importLines(db, ring, source, {
          dryRun,
          ...(confinement ? { confinement } : {}),
          signal: cli.signal,
          log: cli.log,
          onProgress,
        });
      } finally {
        bar.stop();
      }
    });
    if (Object.keys(result.counts).length === 0) throw new CommandFailed(`Nothing was imported: ${name} has no lines.`);
    return outputOf(result, performance.now() - began);
  } catch (error) {
    throw error instanceof ImportRefused ? refusal(error, name) : error;
  } finally {
    await source.close();
  }
}

async function openSource(file: string): Promise<ImportFile> {
  if (file === '-') return spool(process.stdin);
  try {
    return await openFile(file);
  } catch (error) {
    throw new CommandFailed(`${file} can't be read (${(error as { code?: string }).code}).`);
  }
}

/** Prints one line for each error in the file, as compilers do. */
function refusal({ message: reason, faults, count }: ImportRefused, name: string): CommandFailed {
  const message = reason.replace(/the file\.$/, `${name}.`);
  const lines = faults.map(({ line, reason }) => `line ${line}: ${reason}`);
  if (count > faults.length) lines.push(`… and ${count - faults.length} more.`);
  return new CommandFailed([...lines, message].join('\n'), { error: message, error_count: count, errors: faults });
}

function outputOf({ dryRun, counts }: ImportResult, milliseconds: number): CommandOutput {
  const seconds = Math.round(milliseconds / 100) / 10;
  const total = { created: 0, replaced: 0, unchanged: 0 };
  for (const { created, replaced, unchanged } of Object.values(counts)) {
    total.created += created;
    total.replaced += replaced;
    total.unchanged += unchanged;
  }
  const line =
    `${dryRun ? 'Nothing was changed; it would be' : 'Imported'}: ${total.created} created, ${total.replaced} replaced, ` +
    `${total.unchanged} unchanged (${seconds} s).`;
  return { line, json: { dry_run: dryRun, ...total, counts, seconds } };
}
