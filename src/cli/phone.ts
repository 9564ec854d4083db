import type { Command } from 'commander';
import { OPERATOR, recordAudit } from '../audit.ts';
import { newId } from '../crypto/ids.ts';
import { type Answer, act, type Cli, CommandFailed, findCompany, refuseTaken, withDatabase } from './command.ts';

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
    throw new CommandFailed('--number must be in E.164 form, such as +15551234567.');
  }
  return withDatabase(cli, async (db) => {
    const companyId = await findCompany(db, company);
    const id = newId();
    const added = db.transaction(async (tx) => {
      await tx.query({
        text: 'INSERT INTO phones (id, company_id, number) VALUES ($1, $2, $3)',
        values: [id, companyId, number],
      });
      recordAudit(tx, companyId, OPERATOR, { action: 'phone.added', subjectId: id });
    });
    await refuseTaken(added, `The number ${number} is connected already.`);
    return { line: `Connected ${number} as phone ${id}.`, json: { id } };
  });
}

function listPhones(cli: Cli, { company }: ListOptions): Promise<Answer> {
  return withDatabase(cli, async (db) => {
    const phones = await db.query<{ number: string; company_id: string }>({
      text: `
        SELECT id, company_id, number, created_at
        FROM phones
        WHERE $1::uuid IS NULL OR company_id = $1
        ORDER BY company_id, number`,
      values: [company === undefined ? null : await findCompany(db, company)],
    });
    const lines = phones.map((phone) => `${phone.number}  ${phone.company_id}`);
    return { line: lines.join('\n') || 'No numbers are connected.', json: { phones } };
  });
}

function removePhone(cli: Cli, { number }: RemoveOptions): Promise<Answer> {
  return withDatabase(cli, async (db) => {
    const id = await db.transaction(async (tx) => {
      const [removed] = await tx.query<{ id: string; company_id: string }>({
        text: 'DELETE FROM phones WHERE number = $1 RETURNING id, company_id',
        values: [number],
      });
      if (!removed) throw new CommandFailed(`The number ${number} is not connected.`);
      recordAudit(tx, removed.company_id, OPERATOR, { action: 'phone.removed', subjectId: removed.id });
      return removed.id;
    });
    return { line: `Disconnected ${number}.`, json: { id } };
  });
}
