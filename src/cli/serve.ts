import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { VERSION } from '../domain/version.ts';
import { act, type Cli, CommandFailed } from './run-command.ts';

export function addServeCommand(program: Command): void {
  program.command('serve').description('migrate the database, then serve').action(act(runServer, 'server'));
}

async function runServer(cli: Cli): Promise<undefined> {
  await refuseTakenPort(cli.config);
  tellStart(cli);
  const { serve } = await import('../server/serve.ts');
  const server = await serve(cli.config, cli.log);
  await untilStopped(cli.signal);
  await server.close();
}

/** The first lines of the log. */
export function tellStart({ config, log }: Cli): void {
  log.info({ version: VERSION, node: process.version }, 'starting');
  for (const { name, meant } of config.misspelt) log.warn({ name, meant }, 'this is no setting and changes nothing');
}

/** Before the database is started, so that nothing is left behind. @throws CommandFailed */
export async function refuseTakenPort({ host, port }: Config): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE') {
      throw new CommandFailed(`Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another one.`);
    }
    throw new CommandFailed(`The server can't listen on ${host} port ${port} (${code}). Check HOST and PORT.`);
  } finally {
    probe.close();
  }
}

export async function untilStopped(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
