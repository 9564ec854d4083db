import type { BorrowedConnection, Connection } from './client.ts';

/**
 * Wraps a connection on which a statement that checks the permission has just been sent. PostgreSQL skips the later
 * statements of the same batch when that statement fails. Statements after the batch wait for `permission`.
 */
export function guarded(connection: BorrowedConnection, permission: Promise<unknown>): Connection {
  return {
    query: async (statement) => {
      if (connection.hasSent()) await permission;
      return connection.query(statement);
    },
  };
}
