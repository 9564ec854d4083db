import type { Command } from 'commander';
import { asc, eq } from 'drizzle-orm';
import { phones } from '../db/schema.ts';
import { newId } from '../domain/ids.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import {
  type Answer,
  act,
  type Cli,
  CommandFailed,
  findCompany,
  refuseTaken,
  WrongUsage,
  withDatabase,
} from './run-command.ts';

type AddOptions = { company: string; number: string };
type ListOptions = { company?: string };
type RemoveOptions = { number: string };

export function addPhoneCommands(program: Command): void {
  const phone = program.command('phone').description('Vonage numbers');
  phone
    .command('add')
    .description('connect a Vonage number')
    .requiredOption('--company <uuid>', 'the company whose calls it takes')
    .requiredOption('--number <number>', 'E.164, such as +15551234567')
    .action(act(addPhone));
  phone
    .command('list')
    .description('connected numbers')
    .option('--company <uuid>', 'only of this company')
    .action(act(listPhones));
  phone
    .command('remove')
    .description('disconnect a number; its calls stay')
    .requiredOption('--number <number>', 'the number')
    .action(act(removePhone));
}

function addPhone(cli: Cli, { company, number }: AddOptions): Promise<Answer> {
  if (!/^\+[1-9][0-9]{1,14}$/.test(number)) {
    throw new WrongUsage('--number must be in E.164 form, such as +15551234567.');
  }
  return withDatabase(cli, async (db) => {
    const companyId = await findCompany(db, company);
    const id = newId();
    const added = db.transaction(async (tx) => {
      await tx.orm.insert(phones).values({ id, companyId, number });
      recordAudit(tx, companyId, OPERATOR, { action: 'phone.added', subjectId: id });
    });
    await refuseTaken(added, `The number ${number} is connected already.`);
    return { line: `Connected ${number} as phone ${id}.`, json: { id } };
  });
}

function listPhones(cli: Cli, { company }: ListOptions): Promise<Answer> {
  return withDatabase(cli, async (db) => {
    const connected = await db.orm
      .select({ id: phones.id, company_id: phones.companyId, number: phones.number, created_at: phones.createdAt })
      .from(phones)
      .where(company === undefined ? undefined : eq(phones.companyId, await findCompany(db, company)))
      .orderBy(asc(phones.companyId), asc(phones.number));
    const lines = connected.map((phone) => `${phone.number}  ${phone.company_id}`);
    return { line: lines.join('\n') || 'No numbers are connected.', json: { phones: connected } };
  });
}

function removePhone(cli: Cli, { number }: RemoveOptions): Promise<Answer> {
  return withDatabase(cli, async (db) => {
    const id = await db.transaction(async (tx) => {
      const [removed] = await tx.orm
        .delete(phones)
        .where(eq(phones.number, number))
        .returning({ id: phones.id, companyId: phones.companyId });
      if (!removed) throw new CommandFailed(`The number ${number} is not connected.`);
      recordAudit(tx, removed.companyId, OPERATOR, { action: 'phone.removed', subjectId: removed.id });
      return removed.id;
    });
    return { line: `Disconnected ${number}.`, json: { id } };
  });
}
