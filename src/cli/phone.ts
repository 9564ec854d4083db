import type { Command } from 'commander';
import { asc, eq } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { phones } from '../db/schema.ts';
import { newId } from '../domain/ids.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import {
  act,
  actOnDatabase,
  type Cli,
  CommandFailed,
  type CommandOutput,
  refuseDuplicate,
  requireCompany,
  WrongUsage,
  withDatabase,
} from './run-command.ts';

type AddOptions = { company: string; number: string };
type ListOptions = { company?: string };
type RemoveOptions = { number: string };

export function addPhoneCommands(program: Command): void {
  const phone = program.command('phone').description('manage connected Vonage numbers');
  phone
    .command('add')
    .description('connect a Vonage number')
    .requiredOption('--company <uuid>', 'the company that its calls belong to')
    .requiredOption('--number <number>', 'the number in E.164 form, such as +15551234567')
    .action(act(addPhone));
  phone
    .command('list')
    .description('list the connected numbers')
    .option('--company <uuid>', 'only numbers of this company')
    .action(actOnDatabase(listPhones));
  phone
    .command('remove')
    .description('disconnect a number; its calls stay')
    .requiredOption('--number <number>', 'the number')
    .action(actOnDatabase(removePhone));
}

function addPhone(cli: Cli, { company, number }: AddOptions): Promise<CommandOutput> {
  if (!/^\+[1-9][0-9]{1,14}$/.test(number)) {
    throw new WrongUsage('--number must be in E.164 form, such as +15551234567.');
  }
  return withDatabase(cli, async (db) => {
    const companyId = await requireCompany(db, company);
    const id = newId();
    const added = db.transaction(async (tx) => {
      await tx.orm.insert(phones).values({ id, companyId, number });
      recordAudit(tx, companyId, OPERATOR, { action: 'phone.added', subjectId: id });
    });
    await refuseDuplicate(added, `The number ${number} is already connected.`);
    return { line: `Connected ${number} as phone ${id}.`, json: { id } };
  });
}

async function listPhones(db: Db, { company }: ListOptions): Promise<CommandOutput> {
  const connected = await db.orm
    .select({ id: phones.id, company_id: phones.companyId, number: phones.number, created_at: phones.createdAt })
    .from(phones)
    .where(company === undefined ? undefined : eq(phones.companyId, await requireCompany(db, company)))
    .orderBy(asc(phones.companyId), asc(phones.number));
  const lines = connected.map((phone) => `${phone.number}  ${phone.company_id}`);
  return { line: lines.join('\n') || 'No numbers are connected.', json: { phones: connected } };
}

async function removePhone(db: Db, { number }: RemoveOptions): Promise<CommandOutput> {
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
}
