import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { VERSION } from '../domain/version.ts';
import { act, type Cli, CommandFailed } from './run-command.ts';

export function addServeCommand(program: Command): void {
  program.command('serve').description('migrate the database and start the server').action(act(runServer, 'server'));
}

async function runServer(cli: Cli): Promise<undefined> {
  await requireFreePort(cli.config);
  logStart(cli);
  const { serve } = await import('../server/serve.ts');
  const server = await serve(cli.config, cli.log);
  await untilStopped(cli.signal);
  await server.close();
}

/** Logs the versions, and a warning for each misspelt setting. */
export function logStart({ config, log }: Cli): void {
  log.info({ version: VERSION, node: process.version }, 'starting');
  for (const { name, meant } of config.misspelt) log.warn({ name, meant }, 'this is not a setting and has no effect');
}

/**
 * Call it before the database is started, which would otherwise be left running.
 * @throws CommandFailed when the server can't listen on the port
 */
export async function requireFreePort({ host, port }: Config): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE') {
      throw new CommandFailed(
        `Port ${port} on ${host} is in use. Stop the program that uses it, or set PORT to another port.`,
      );
    }
    throw new CommandFailed(`The server can't listen on ${host} port ${port} (${code}). Check HOST and PORT.`);
  } finally {
    probe.close();
  }
}

export async function untilStopped(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
