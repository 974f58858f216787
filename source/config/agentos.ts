import {join} from 'node:path';
import {isDirectory} from '../io/files/directory.ts';
import {connect} from '../io/net/tcp.ts';
import {agentos} from './spec.ts';
import {homeDirectory} from '../io/home.ts';

/** Whether AgentOS is installed here: its folder exists, or something listens on its port. */
export async function isAgentosHere(): Promise<boolean> {
  if (isDirectory(join(homeDirectory(), '.agentos'))) return true;
  const {hostname, port} = new URL(agentos.url);
  const result = await connect({host: hostname, port: Number(port), timeoutMs: 500});
  return result.kind === 'open';
}
