import {say} from '../../core/text/say.ts';
import {targetsOf} from '../../core/targets.ts';
import {breakDemo, type DemoRefusal} from '../../demo/client.ts';
import type {OpenMonitor} from '../../monitor/setup.ts';
import type {DemoFault} from '../../ui/keys/demo-fault.ts';
import {refusalText} from './refusal.ts';

/** The faults of the demo service, each with its key. */
export function faultsOf(
  {monitor}: {readonly monitor: Pick<OpenMonitor['monitor'], 'getSnapshot' | 'dispatch' | 'now'>},
  port: number,
): readonly DemoFault[] {
  const report = (refusal: DemoRefusal | undefined) =>
    monitor.dispatch({
      type: 'problem',
      at: monitor.now(),
      about: 'demo',
      text: refusal && refusalText(refusal),
    });
  const ask = (fault: Parameters<typeof breakDemo>[1]) => () =>
    void breakDemo(port, fault).then(report);
  return [
    {key: 'c', label: say`crash`, run: ask('crash')},
    {key: 'h', label: say`hang`, run: ask('hang')},
    {key: 'z', label: say`freeze`, run: freeze},
    {key: 's', label: say`slow`, run: ask('slow')},
    {key: 'e', label: say`error 500`, run: ask('error')},
    {key: 'd', label: say`status down`, run: ask('down')},
    {key: 'm', label: say`repair`, run: ask('ok')},
  ];

  function freeze(): void {
    const reading = targetsOf(monitor.getSnapshot())[0]?.readings.process;
    if (reading?.state === 'alive') process.kill(reading.identity.pid, 'SIGSTOP');
  }
}
