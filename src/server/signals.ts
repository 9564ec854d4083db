/** The signals that stop a process: from Ctrl+C in a terminal, from a supervisor, and from closing the terminal. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
