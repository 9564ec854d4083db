import type { Command } from 'commander';
import { openDatabase } from '../server/open-database.ts';
import { type Answer, act, type Cli } from './run-command.ts';

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the schema of the database up to date')
    // It comes before the first key: `keys add` needs the tables.
    .action(act(migrate, 'operator', { needsKeys: false }));
}

async function migrate(cli: Cli): Promise<Answer> {
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
