import type { Command } from 'commander';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { exportCompany } from '../transfer/export/export.ts';
import { writeToOutput } from './output.ts';
import { openProgressBar } from './progress.ts';
import { act, type Cli, requireCompany, withDatabase } from './run-command.ts';

type ExportOptions = { company: string };

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('write a company to standard output as an import file; --json has no effect, the output is JSON')
    .requiredOption('--company <uuid>', 'the company')
    .action(act(exportToOutput));
}

async function exportToOutput(cli: Cli, { company }: ExportOptions): Promise<undefined> {
  await withDatabase(cli, async (db, database) => {
    const companyId = await requireCompany(db, company);
    const ring = await openKeyRing(db, database.encryptionKeys);
    const bar = openProgressBar(false);
    try {
      await exportCompany(db, ring, companyId, {
        write: writeToOutput,
        onProgress: (done, total) => bar.show('exporting', done, total),
        signal: cli.signal,
      });
    } finally {
      bar.stop();
    }
  });
}
