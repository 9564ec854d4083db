import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { usernameKeySql } from '../../domain/user-names.ts';
import { ROLES, type Role } from '../../domain/vocabulary.ts';
import { bytea, instant, now, oneOf, stamps, xid8 } from './columns.ts';

export const companies = pgTable('companies', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  /** IANA name; the days of `date_from` and `date_to` are days of this time zone. */
  timezone: text().notNull().default('UTC'),
  ...stamps(),
});

export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey(),
    username: text().notNull(),
    email: text().notNull().default(''),
    name: text().notNull().default(''),
    /** argon2id in PHC form; null: the user can't log in with a password. */
    passwordHash: text(),
    /** Since when the user may neither log in nor use a token; null: the user isn't disabled. */
    disabledAt: instant(),
    /** When messages began to show another name, and the transaction that set it; null: they never did. */
    renamedAt: instant(),
    renamedIn: xid8(),
    ...stamps(),
  },
  (t) => [
    uniqueIndex('users_username').on(sql.raw(usernameKeySql('"username"'))),
    index('users_renamed').on(t.renamedIn).where(sql`${t.renamedIn} IS NOT NULL`),
  ],
);

export const memberships = pgTable(
  'memberships',
  {
    companyId: uuid().notNull(),
    userId: uuid().notNull(),
    role: text().$type<Role>().notNull().default('member'),
    createdAt: instant().notNull().default(now),
  },
  (t) => [
    primaryKey({ name: 'memberships_pk', columns: [t.companyId, t.userId] }),
    foreignKey({ name: 'memberships_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    foreignKey({ name: 'memberships_user', columns: [t.userId], foreignColumns: [users.id] }),
    check('memberships_role', oneOf(t.role, ROLES)),
    index('memberships_of_user').on(t.userId),
  ],
);

/** API tokens. Only their SHA-256 is stored. */
export const tokens = pgTable(
  'tokens',
  {
    id: uuid().primaryKey(),
    userId: uuid().notNull(),
    name: text().notNull().default(''),
    /** The first characters, by which people recognise a token in a list. */
    prefix: text().notNull(),
    hash: bytea().notNull(),
    createdAt: instant().notNull().default(now),
    lastUsedAt: instant(),
    /** Null: never. */
    expiresAt: instant(),
    revokedAt: instant(),
  },
  (t) => [
    uniqueIndex('tokens_hash').on(t.hash),
    index('tokens_of_user').on(t.userId),
    foreignKey({ name: 'tokens_user', columns: [t.userId], foreignColumns: [users.id] }),
  ],
);

/**
 * Failed logins by account and address. The account is stored as SHA-256, because a user may have typed a password
 * there.
 */
export const loginFailures = pgTable(
  'login_failures',
  {
    accountHash: bytea().notNull(),
    address: text().notNull(),
    failures: integer().notNull(),
    firstFailedAt: instant().notNull(),
    lastFailedAt: instant().notNull(),
  },
  (t) => [primaryKey({ name: 'login_failures_pk', columns: [t.accountHash, t.address] })],
);

/** The encryption keys of this database. Their material is in the setting only. */
export const encryptionKeys = pgTable(
  'encryption_keys',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    /** Proves at start that the setting has the same material. */
    canary: bytea().notNull(),
    isPrimary: boolean().notNull().default(false),
    createdAt: instant().notNull().default(now),
    /** When it last became primary; null: never, so it has encrypted nothing and the setting may lack it. */
    promotedAt: instant(),
    retiredAt: instant(),
  },
  (t) => [
    check('encryption_keys_primary', sql`NOT (${t.isPrimary} AND ${t.retiredAt} IS NOT NULL)`),
    uniqueIndex('encryption_keys_one_primary').on(t.isPrimary).where(sql`${t.isPrimary}`),
  ],
);
