import type { Command } from 'commander';
import { openDatabase } from '../server/open-database.ts';
import type { Check } from './doctor-check.ts';
import { checkDatabase, checkStorage } from './doctor-checks.ts';
import { checkKeys } from './doctor-keys.ts';
import { checkSettings } from './doctor-settings.ts';
import { checkTimeZones } from './doctor-time-zones.ts';
import { act, type Cli, type CommandOutput, connectAsOwner } from './run-command.ts';

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check settings, database, migrations, keys and counters, and say how to fix problems')
    .action(act(examine, 'operator', { needsKeys: false }));
}

async function examine(cli: Cli): Promise<CommandOutput> {
  const checks = [
    ...(await checkSettings(cli.config)),
    ...(await checkStorage(cli.config)),
    ...(await examineDatabase(cli)),
  ];
  const failed = checks.filter((check) => check.state === 'failed').length;
  const lines = checks.map(({ state, subject, finding, advice }) =>
    [state.padEnd(7), subject.padEnd(10), advice === undefined ? finding : `${finding} → ${advice}`].join('  '),
  );
  if (failed > 0) process.exitCode = 1;
  return { line: lines.join('\n'), json: { ok: failed === 0, checks } };
}

async function examineDatabase(cli: Cli): Promise<Check[]> {
  try {
    const database = await openDatabase(cli.config, cli.log, { isInspection: true });
    const db = connectAsOwner(cli, database);
    try {
      return [
        ...(await checkDatabase(cli.config, db, database)),
        ...(await checkKeys(db, database)),
        ...(await checkTimeZones(db)),
      ];
    } finally {
      await db.close();
      await database.close();
    }
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const advice = cli.config.databaseUrl
      ? 'check DATABASE_URL and DATABASE_MIGRATION_URL, and that the database is running'
      : 'check DATA_DIR; the log of PostgreSQL is in postgres/pgdata/log below it';
    return [{ state: 'failed', subject: 'database', finding: `unreachable: ${code ?? ''} ${message}`.trim(), advice }];
  }
}
