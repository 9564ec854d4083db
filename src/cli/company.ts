import type { Command } from 'commander';
import type { Db } from '../db/client.ts';
import { companies } from '../db/schema.ts';
import { findUnreadableZones, ZONE_ADVICE } from '../db/time-zones.ts';
import { newId } from '../domain/ids.ts';
import { isTimeZone } from '../domain/timestamps.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import {
  act,
  actOnDatabase,
  type Cli,
  CommandFailed,
  type CommandOutput,
  refuseDuplicate,
  uuidOf,
  WrongUsage,
  withDatabase,
} from './run-command.ts';

type CreateOptions = { name: string; timezone: string; id?: string };
type RenameOptions = { id: string; name: string };

export function addCompanyCommands(program: Command): void {
  const company = program.command('company').description('manage companies');
  company
    .command('create')
    .description('create a company')
    .requiredOption('--name <name>', 'its name')
    .option('--timezone <zone>', 'IANA time zone of its calendar days', 'UTC')
    .option('--id <uuid>', 'its id (default: a new UUID)')
    .action(act(createCompany));
  company.command('list').description('list all companies').action(actOnDatabase(listCompanies));
  company
    .command('rename')
    .description('rename a company')
    .requiredOption('--id <uuid>', 'the company')
    .requiredOption('--name <name>', 'its new name')
    .action(act(renameCompany));
}

const WRONG_ZONE = `--timezone must be ${ZONE_ADVICE}.`;

function createCompany(cli: Cli, { name: givenName, timezone, id: wantedId }: CreateOptions): Promise<CommandOutput> {
  const id = wantedId === undefined ? newId() : uuidOf('--id', wantedId);
  const name = nameOf(givenName);
  if (!isTimeZone(timezone)) throw new WrongUsage(WRONG_ZONE);
  return withDatabase(cli, async (db) => {
    if ((await findUnreadableZones(db.query.bind(db), [timezone])).length > 0) throw new WrongUsage(WRONG_ZONE);
    const created = db.transaction(async (tx) => {
      await tx.orm.insert(companies).values({ id, name, timezone });
      recordAudit(tx, id, OPERATOR, { action: 'company.created', subjectId: id });
    });
    await refuseDuplicate(created, `A company with the id ${id} already exists.`);
    return { line: `Created company ${id}.`, json: { id } };
  });
}

type CompanyRow = { id: string; name: string; timezone: string; members: number; created_at: string };

async function listCompanies(db: Db): Promise<CommandOutput> {
  const companies = await db.query<CompanyRow>({
    text: `
      SELECT c.id, c.name, c.timezone, c.created_at,
             (SELECT count(*)::int FROM memberships m WHERE m.company_id = c.id) AS members
      FROM companies c
      ORDER BY c.name, c.id`,
  });
  const lines = companies.map(({ id, name, timezone, members }) =>
    [id, timezone, `${members} ${members === 1 ? 'member' : 'members'}`, name].join('  '),
  );
  return { line: lines.join('\n') || 'There are no companies.', json: { companies } };
}

function renameCompany(cli: Cli, options: RenameOptions): Promise<CommandOutput> {
  const id = uuidOf('--id', options.id);
  const name = nameOf(options.name);
  return withDatabase(cli, async (db) => {
    await db.transaction(async (tx) => {
      const renamed = await tx.query({
        text: 'UPDATE companies SET name = $2, updated_at = now() WHERE id = $1 RETURNING id',
        values: [id, name],
      });
      if (renamed.length === 0) throw new CommandFailed(`There is no company ${id}.`);
      recordAudit(tx, id, OPERATOR, { action: 'company.renamed', subjectId: id });
    });
    return { line: `Company ${id} is now named ${name}.`, json: { id, name } };
  });
}

function nameOf(text: string): string {
  if (text.trim() === '') throw new WrongUsage('--name must not be blank.');
  return text.trim();
}
