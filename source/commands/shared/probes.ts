import type {TargetSpec} from '../../config/spec.ts';
import type {OwnedChild} from '../../contracts/fix.ts';
import {createHttpProbe} from '../../probes/http.ts';
import {createPortOwner} from '../../probes/target/port-owner.ts';
import {createPortProbe} from '../../probes/target/port.ts';
import {resultOf} from '../../probes/target/process-fault.ts';
import {createProcessProbe} from '../../probes/target/process.ts';
import type {TargetProbes} from '../../runtime/check.ts';

/** The probes of a target: its process where that can be known, its port where it has one, its api where it has a url. */
export async function createProbes({url, http, endpoint, local, pidFile, processName}: TargetSpec, child: OwnedChild | undefined): Promise<TargetProbes> {
  const knowable = child !== undefined || pidFile !== undefined || (endpoint !== undefined && local);
  const process = createProcessProbe({pidFile, processName, port: local ? endpoint?.port : undefined, child: child?.identity, childExit: child?.exit});
  const viaApi = url !== undefined && endpoint !== undefined && Number(url.port || (url.protocol === 'https:' ? 443 : 80)) === endpoint.port;
  return {
    process: knowable ? {...process, judge: reading => resultOf(reading, {pidFile})} : undefined,
    port: endpoint && {...createPortProbe(endpoint), port: endpoint.port, viaApi},
    owner: endpoint && local && knowable ? createPortOwner({...endpoint, owns: process.owns}) : undefined,
    api: url && createHttpProbe({url: url.href, expect: Object.fromEntries(http.expect.map(({path, equals}) => [path, String(equals)])), expectStatus: http.status}),
  };
}
