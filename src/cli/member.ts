import { type Command, Option } from 'commander';
import { OPERATOR, recordAudit } from '../audit.ts';
import { memberships } from '../db/schema.ts';
import { ROLES, type Role } from '../vocabulary.ts';
import { type Answer, act, type Cli, findCompany, findUser, withDatabase } from './command.ts';

type AddOptions = { company: string; user: string; role: Role };

export function addMemberCommands(program: Command): void {
  const member = program.command('member').description('who may see a company');
  member
    .command('add')
    .description('let a user into a company, or change their role there')
    .requiredOption('--company <uuid>', 'the company')
    .requiredOption('--user <username>', 'the user')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).default('member'))
    .action(act(addMember));
}

function addMember(cli: Cli, { company, user, role }: AddOptions): Promise<Answer> {
  return withDatabase(cli, async (db) => {
    const companyId = await findCompany(db, company);
    const userId = await findUser(db, user);
    await db.transaction(async (tx) => {
      await tx.orm
        .insert(memberships)
        .values({ companyId, userId, role })
        .onConflictDoUpdate({ target: [memberships.companyId, memberships.userId], set: { role } });
      recordAudit(tx, companyId, OPERATOR, { action: 'member.added', subjectId: userId, details: { role } });
    });
    const json = { company_id: companyId, user_id: userId, role };
    return { line: `${user} is ${role} of company ${companyId}.`, json };
  });
}
