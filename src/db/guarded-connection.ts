import type { BorrowedConnection, Connection } from './client.ts';

/**
 * A connection on which a statement that decides about permission has just been sent. What is sent in the same batch is
 * skipped by PostgreSQL when that statement fails; what comes after the batch has left waits for the permission.
 */
export function guarded(connection: BorrowedConnection, permission: Promise<unknown>): Connection {
  return {
    query: async (statement) => {
      if (connection.hasSent()) await permission;
      return connection.query(statement);
    },
  };
}
