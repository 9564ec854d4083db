import type { Command } from 'commander';
import { companies } from '../db/schema.ts';
import { newId } from '../domain/ids.ts';
import { isTimeZone } from '../domain/timestamps.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import { type Answer, act, type Cli, refuseTaken, uuidOf, WrongUsage, withDatabase } from './run-command.ts';

type CreateOptions = { name: string; timezone: string; id?: string };

export function addCompanyCommands(program: Command): void {
  const company = program.command('company').description('companies, whose data are kept apart');
  company
    .command('create')
    .description('make a company')
    .requiredOption('--name <name>', 'its name')
    .option('--timezone <zone>', 'IANA time zone in which its days are reckoned', 'UTC')
    .option('--id <uuid>', 'its id (default: a new one)')
    .action(act(createCompany));
}

function createCompany(cli: Cli, { name, timezone, id: wantedId }: CreateOptions): Promise<Answer> {
  const id = wantedId === undefined ? newId() : uuidOf('--id', wantedId);
  if (name.trim() === '') throw new WrongUsage('--name must not be blank.');
  if (!isTimeZone(timezone)) throw new WrongUsage('--timezone must be an IANA time zone such as Europe/Berlin.');
  return withDatabase(cli, async (db) => {
    const created = db.transaction(async (tx) => {
      await tx.orm.insert(companies).values({ id, name: name.trim(), timezone });
      recordAudit(tx, id, OPERATOR, { action: 'company.created', subjectId: id });
    });
    await refuseTaken(created, `There is a company ${id} already.`);
    return { line: `Made company ${id}.`, json: { id } };
  });
}
