import type { Command } from 'commander';
import { openDatabase } from '../server/open-database.ts';
import { act, type Cli, type CommandOutput } from './run-command.ts';

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('apply the migrations that the database lacks')
    // `migrate` runs before the first key exists, because `keys add` needs the tables.
    .action(act(migrate, 'operator', { needsKeys: false }));
}

async function migrate(cli: Cli): Promise<CommandOutput> {
  const database = await openDatabase(cli.config, cli.log);
  try {
    const applied = await database.migrate();
    const line =
      applied === 0 ? 'The schema is up to date.' : `Applied ${applied} migrations; the schema is up to date.`;
    return { line, json: { applied } };
  } finally {
    await database.close();
  }
}
