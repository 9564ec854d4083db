import { type Command, Option } from 'commander';
import type { Db } from '../db/client.ts';
import { newId } from '../domain/ids.ts';
import { INDEXED_LENGTH, MAILBOX_SYNCS, type MailboxSync } from '../domain/vocabulary.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import { addBackfillCommand } from './mailbox-backfill.ts';
import {
  act,
  actOnDatabase,
  type Cli,
  CommandFailed,
  type CommandOutput,
  refuseDuplicate,
  requireCompany,
  requireUser,
  WrongUsage,
  withDatabase,
} from './run-command.ts';

type AddOptions = { company: string; user: string; grantId: string; email: string; sync: MailboxSync };
type ListOptions = { company?: string };
type RemoveOptions = { grantId: string };

export function addMailboxCommands(program: Command): void {
  const mailbox = program.command('mailbox').description('manage email accounts connected through Nylas');
  mailbox
    .command('add')
    .description('connect a Nylas grant')
    .requiredOption('--company <uuid>', 'the company that the mail belongs to')
    .requiredOption('--user <username>', 'the user whose account it is')
    .requiredOption('--grant-id <id>', 'the id of the Nylas grant')
    .requiredOption('--email <address>', 'the email address of the account')
    .addOption(new Option('--sync <which>', 'which mail is stored').choices(MAILBOX_SYNCS).default('known_contacts'))
    .action(act(addMailbox));
  mailbox
    .command('list')
    .description('list the connected accounts')
    .option('--company <uuid>', 'only accounts of this company')
    .action(actOnDatabase(listMailboxes));
  mailbox
    .command('remove')
    .description('disconnect a grant; its mail stays')
    .requiredOption('--grant-id <id>', 'the grant')
    .action(actOnDatabase(removeMailbox));
  addBackfillCommand(mailbox);
}

function addMailbox(cli: Cli, { company, user, grantId, email, sync }: AddOptions): Promise<CommandOutput> {
  if (grantId === '' || grantId.length > INDEXED_LENGTH) {
    throw new WrongUsage(`--grant-id must have 1 to ${INDEXED_LENGTH} characters.`);
  }
  if (!email.includes('@')) throw new WrongUsage('--email must be an email address.');
  return withDatabase(cli, async (db) => {
    const companyId = await requireCompany(db, company);
    const userId = await requireUser(db, user);
    const id = newId();
    const added = db.transaction(async (tx) => {
      await tx.query({
        text: 'INSERT INTO mailboxes (id, company_id, user_id, grant_id, email, sync) VALUES ($1, $2, $3, $4, $5, $6)',
        values: [id, companyId, userId, grantId, email, sync],
      });
      recordAudit(tx, companyId, OPERATOR, { action: 'mailbox.added', subjectId: id, details: { sync } });
    });
    await refuseDuplicate(added, `The grant ${grantId} is already connected.`);
    return { line: `Connected ${email} (grant ${grantId}) as mailbox ${id}.`, json: { id } };
  });
}

type MailboxRow = { id: string; company_id: string; username: string; grant_id: string; email: string; sync: string };

async function listMailboxes(db: Db, { company }: ListOptions): Promise<CommandOutput> {
  const mailboxes = await db.query<MailboxRow>({
    text: `
      SELECT m.id, m.company_id, u.username, m.grant_id, m.email, m.sync, m.created_at
      FROM mailboxes m
      JOIN users u ON u.id = m.user_id
      WHERE $1::uuid IS NULL OR m.company_id = $1
      ORDER BY m.company_id, m.email, m.id`,
    values: [company === undefined ? null : await requireCompany(db, company)],
  });
  const lines = mailboxes.map((row) => [row.email, row.grant_id, row.sync, row.username, row.company_id].join('  '));
  return { line: lines.join('\n') || 'No mailboxes are connected.', json: { mailboxes } };
}

async function removeMailbox(db: Db, { grantId }: RemoveOptions): Promise<CommandOutput> {
  const id = await db.transaction(async (tx) => {
    const [removed] = await tx.query<{ id: string; company_id: string }>({
      text: 'DELETE FROM mailboxes WHERE grant_id = $1 RETURNING id, company_id',
      values: [grantId],
    });
    if (!removed) throw new CommandFailed(`No mailbox has the grant ${grantId}.`);
    recordAudit(tx, removed.company_id, OPERATOR, { action: 'mailbox.removed', subjectId: removed.id });
    return removed.id;
  });
  return { line: `Disconnected grant ${grantId}.`, json: { id } };
}
