import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAuditCommand } from './audit.ts';
import { addCompanyCommands } from './company.ts';
import { addDemoCommand } from './demo.ts';
import { addDoctorCommand } from './doctor.ts';
import { addExportCommand } from './export.ts';
import { addImportCommand } from './import.ts';
import { addIngestCommands } from './ingest.ts';
import { addKeysCommands } from './keys.ts';
import { addMailboxCommands } from './mailbox.ts';
import { addMemberCommands } from './member.ts';
import { addMigrateCommand } from './migrate.ts';
import { addPhoneCommands } from './phone.ts';
import { addServeCommand } from './serve.ts';
import { addTokenCommands } from './token.ts';
import { addUserCommands } from './user.ts';
import { addWebhookCommands } from './webhook.ts';

/** Every command, in the order of the help. A new group goes here and has a file of its own. */
const GROUPS = [
  addServeCommand,
  addDemoCommand,
  addMigrateCommand,
  addCompanyCommands,
  addUserCommands,
  addMemberCommands,
  addTokenCommands,
  addMailboxCommands,
  addPhoneCommands,
  addIngestCommands,
  addWebhookCommands,
  addImportCommand,
  addExportCommand,
  addKeysCommands,
  addAuditCommand,
  addDoctorCommand,
];

const WRONG_USAGE = 2;

/** Runs the command that the arguments name and sets the exit code: 0, 1 (refused or failed) or 2 (wrong usage). */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  // What is set already goes before the file.
  if (existsSync('.env')) process.loadEnvFile('.env');
  try {
    await buildProgram().parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what is wrong, or shown the help that was asked for.
    process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
  }
}

export function buildProgram(): Command {
  const program = new Command('comms')
    .description('Operates the communications server. Settings come from the environment or a .env file.')
    .option('--json', 'print one JSON object')
    .showHelpAfterError('Try --help.')
    .exitOverride();
  for (const addGroup of GROUPS) addGroup(program);
  for (const command of [...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
    command.exitOverride().showHelpAfterError('Try --help.');
  }
  return program;
}
