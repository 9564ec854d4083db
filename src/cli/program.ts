import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { VERSION } from '../domain/version.ts';
import { print, printFailure, watchOutput } from './output.ts';
import { WRONG_USAGE } from './run-command.ts';
import { readSettingsFile } from './settings-file.ts';

type AddGroup = (program: Command) => void;

/**
 * The command groups, in the order of the help. Each group has its own file, which is imported only when the group is
 * used, because most commands need only a small part of the server.
 */
const GROUPS: Record<string, () => Promise<AddGroup>> = {
  serve: async () => (await import('./serve.ts')).addServeCommand,
  demo: async () => (await import('./demo.ts')).addDemoCommand,
  migrate: async () => (await import('./migrate.ts')).addMigrateCommand,
  company: async () => (await import('./company.ts')).addCompanyCommands,
  user: async () => (await import('./user.ts')).addUserCommands,
  member: async () => (await import('./member.ts')).addMemberCommands,
  token: async () => (await import('./token.ts')).addTokenCommands,
  mailbox: async () => (await import('./mailbox.ts')).addMailboxCommands,
  phone: async () => (await import('./phone.ts')).addPhoneCommands,
  ingest: async () => (await import('./ingest.ts')).addIngestCommands,
  webhook: async () => (await import('./webhook.ts')).addWebhookCommands,
  import: async () => (await import('./import.ts')).addImportCommand,
  export: async () => (await import('./export.ts')).addExportCommand,
  keys: async () => (await import('./keys.ts')).addKeysCommands,
  audit: async () => (await import('./audit.ts')).addAuditCommand,
  doctor: async () => (await import('./doctor.ts')).addDoctorCommand,
};

/** Runs the command in the arguments and sets the exit code: 0, 1 (refused or failed) or 2 (wrong usage). */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  watchOutput();
  try {
    loadSettingsFile();
    await (await buildProgram(argv)).parseAsync(argv);
  } catch (error) {
    const json = argv.includes('--json');
    if (error instanceof ConfigError) {
      process.exitCode = 1;
      printFailure(error.message, json);
    } else if (!(error instanceof CommanderError)) {
      throw error;
    } else if (error.exitCode !== 0) {
      process.exitCode = WRONG_USAGE;
      // Commander has printed the message already; exit code 0 is `--help` or `--version`.
      if (json) print(JSON.stringify({ error: usageFault(error) }));
    }
  }
}

function usageFault({ code, message }: CommanderError): string {
  return code === 'commander.help' ? 'No command is named. Try --help.' : message.replace(/^error: /, '');
}

/** Variables that are already set take precedence over the file. @throws ConfigError */
function loadSettingsFile(): void {
  for (const [name, value] of Object.entries(readSettingsFile())) process.env[name] ??= value;
}

async function buildProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('comms')
    .description('Operates the communications server. Settings come from the environment or a .env file.')
    .version(argv.includes('--json') ? JSON.stringify({ version: VERSION }) : VERSION, '--version', 'print the version')
    .option('--json', 'print one JSON object')
    .showHelpAfterError('Try --help.')
    .exitOverride();
  for (const load of groupsFor(argv)) (await load())(program);
  for (const command of [...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
    command.exitOverride().showHelpAfterError('Try --help.');
  }
  return program;
}

/** The group of the first argument; without a known one all groups, for the help. */
function groupsFor(argv: readonly string[]): (() => Promise<AddGroup>)[] {
  const name = argv.slice(2).find((argument) => !argument.startsWith('-')) ?? '';
  const named = Object.hasOwn(GROUPS, name) ? GROUPS[name] : undefined;
  return named ? [named] : Object.values(GROUPS);
}
