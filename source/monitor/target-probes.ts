import {load} from 'agent2:probes';
import type {CheckSpec, TargetSpec} from '../config/spec.ts';
import type {OwnedChild} from '../contracts/fix.ts';
import type {ProbeSetup} from '../contracts/probe.ts';
import {lookAtHang} from '../io/net/hang-look.ts';
import type {FirstLook} from '../io/net/late-answer.ts';
import {portsOfProcess} from '../io/net/ports-of-process.ts';
import {createHttpProbe} from '../probes/http.ts';
import {createPortOwner} from '../probes/target/port-owner.ts';
import {createPortProbe} from '../probes/target/port.ts';
import {resultOf} from '../probes/target/process-fault.ts';
import {createProcessProbe} from '../probes/target/process.ts';
import {createManagerProbe, type ManagerProbe} from '../probes/target/manager.ts';
import {askProgram} from '../io/run/ask-program.ts';
import {fixKind} from './kinds.ts';
import type {ExtraCheck, TargetProbes} from '../runtime/check.ts';

/** A manager that answers later says nothing, so that it delays no fix. */
const MANAGER_MS = 4_000;

/** Creates the probes of a target: process (if it can be known), port, api (if it has a url), and its own checks. */
export async function createProbes(
  {url, http, endpoint, local, pidFile, processName, checks, fix}: TargetSpec,
  child: OwnedChild | undefined,
): Promise<TargetProbes> {
  const knowable =
    child !== undefined || pidFile !== undefined || (endpoint !== undefined && local);
  const viaApi =
    url !== undefined &&
    url.protocol !== 'unix:' &&
    endpoint !== undefined &&
    Number(url.port || (url.protocol === 'https:' ? 443 : 80)) === endpoint.port;
  const port =
    endpoint &&
    createPortProbe({
      ...endpoint,
      anywhere: local && !viaApi,
      isOurs: pid => process.owns(pid) || process.lineage.followed(pid),
    });
  const process = createProcessProbe({
    pidFile,
    processName,
    port: local ? endpoint?.port : undefined,
    host: port?.address,
    remote: endpoint !== undefined && !local,
    child,
  });
  const look: FirstLook = (ends, signal) =>
    lookAtHang(ends, {pid: () => process.identity()?.pid, owns: process.owns}, signal);
  return {
    process: knowable ? {...process, judge: reading => resultOf(reading, {pidFile})} : undefined,
    port: port && {...port, port: endpoint.port, viaApi},
    ...(local && endpoint ? {portsOf: pid => portsOfProcess(pid, endpoint.host)} : {}),
    owner:
      port && local && knowable
        ? createPortOwner({
            host: port.address,
            port: endpoint.port,
            known: process.identity,
            owns: process.owns,
            lineage: process.lineage,
            processName,
            pidFile,
            child,
            adopt: process.adopt,
          })
        : undefined,
    manager: createManager(fix),
    api: url && createHttpProbe(url.href, http, 'api', local && knowable ? look : undefined),
    checks: await Promise.all(checks.map(check => createCheck(check, process.identity))),
  };
}

/** Only a fix through a process manager has one. */
function createManager({use, options}: TargetSpec['fix']): ManagerProbe | undefined {
  const {state} = fixKind(use);
  if (!state) return undefined;
  const {evenIfStopped = false} = options as {readonly evenIfStopped?: boolean};
  return createManagerProbe({
    evenIfStopped,
    ask: signal =>
      state(options, (argv, env) =>
        askProgram(argv, {timeoutMs: MANAGER_MS, signal, env: {...process.env, ...env}}),
      ),
    now: () => performance.now(),
  });
}

/** Loads only the kinds in use. */
async function createCheck(
  {name, kind, options, advisory}: CheckSpec,
  process: ProbeSetup['process'],
): Promise<ExtraCheck> {
  const definition = await load[kind]?.();
  if (!definition) throw new Error(`no kind of check ${kind}`);
  return {probe: definition.create(options, {name, process}), advisory};
}
