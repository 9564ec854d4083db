import { type Command, Option } from 'commander';
import type { Db } from '../db/client.ts';
import { memberships } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import { ROLES, type Role } from '../domain/vocabulary.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import { actOnDatabase, CommandFailed, type CommandOutput, requireCompany, requireUser } from './run-command.ts';

type AddOptions = { company: string; user: string; role: Role };
type ListOptions = { company?: string };
type RemoveOptions = { company: string; user: string };

export function addMemberCommands(program: Command): void {
  const member = program.command('member').description('manage the members of companies');
  member
    .command('add')
    .description('add a user to a company, or change their role in it')
    .requiredOption('--company <uuid>', 'the company')
    .requiredOption('--user <username>', 'the user')
    .addOption(new Option('--role <role>', 'their role').choices(ROLES).default('member'))
    .action(actOnDatabase(addMember));
  member
    .command('list')
    .description('list the members of companies')
    .option('--company <uuid>', 'only this company')
    .action(actOnDatabase(listMembers));
  member
    .command('remove')
    .description('remove a user from a company; what they wrote and their mailboxes stay')
    .requiredOption('--company <uuid>', 'the company')
    .requiredOption('--user <username>', 'the user')
    .action(actOnDatabase(removeMember));
}

async function addMember(db: Db, { company, user, role }: AddOptions): Promise<CommandOutput> {
  const companyId = await requireCompany(db, company);
  const userId = await requireUser(db, user);
  await db.transaction(async (tx) => {
    await tx.orm
      .insert(memberships)
      .values({ companyId, userId, role })
      .onConflictDoUpdate({ target: [memberships.companyId, memberships.userId], set: { role } });
    recordAudit(tx, companyId, OPERATOR, { action: 'member.added', subjectId: userId, details: { role } });
  });
  const json = { company_id: companyId, user_id: userId, role };
  return { line: `${user} is ${role} of company ${companyId}.`, json };
}

type MemberRow = StoredRow<typeof memberships> & { username: string; name: string };

async function listMembers(db: Db, { company }: ListOptions): Promise<CommandOutput> {
  const members = await db.query<MemberRow>({
    text: `
      SELECT m.company_id, m.user_id, u.username, u.name, m.role, m.created_at
      FROM memberships m
      JOIN users u ON u.id = m.user_id
      WHERE $1::uuid IS NULL OR m.company_id = $1
      ORDER BY m.company_id, u.username`,
    values: [company === undefined ? null : await requireCompany(db, company)],
  });
  const lines = members.map((row) => [row.username, row.role, row.company_id].join('  '));
  return { line: lines.join('\n') || 'There are no members.', json: { members } };
}

/** Takes effect with the user's next request; an open event stream ends at the next check of its callers. */
async function removeMember(db: Db, { company, user }: RemoveOptions): Promise<CommandOutput> {
  const companyId = await requireCompany(db, company);
  const userId = await requireUser(db, user);
  const role = await db.transaction(async (tx) => {
    const [removed] = await tx.query<{ role: Role }>({
      text: 'DELETE FROM memberships WHERE company_id = $1 AND user_id = $2 RETURNING role',
      values: [companyId, userId],
    });
    if (!removed) throw new CommandFailed(`${user} is not a member of company ${companyId}.`);
    const details = { role: removed.role };
    recordAudit(tx, companyId, OPERATOR, { action: 'member.removed', subjectId: userId, details });
    return removed.role;
  });
  const json = { company_id: companyId, user_id: userId, role };
  return { line: `${user} is no longer ${role} of company ${companyId}.`, json };
}
