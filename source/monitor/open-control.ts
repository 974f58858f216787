import type {ControlHost} from '../control/server/host.ts';
import {createControl, refusalText, type Control} from '../control/server/server.ts';
import {sanitize} from '../format/sanitize.ts';
import {listenLocally} from '../io/socket/local-server.ts';
import {findSocket, linkSocket, placeSocket, unlinkSocket} from '../io/socket/socket-path.ts';

export interface OpenControl {
  readonly control: Control;
  isThere(): boolean;
  close(): Promise<void>;
}

/** Serves the control API on the socket of a state directory. Throws where that cannot be had. */
export async function openControl(host: ControlHost): Promise<OpenControl> {
  const control = createControl(host);
  const path = placeSocket(host.stateDir);
  const server = await listenLocally(path, {
    handle: control.handle,
    refusal: refusalText,
    onTrouble: error => host.onTrouble(sanitize(error.message)),
  });
  try {
    linkSocket(host.stateDir, path);
  } catch (error) {
    // Else the next try would find the place served.
    await server.close();
    throw error;
  }
  return {
    control,
    isThere: () => server.isThere() && findSocket(host.stateDir) === path,
    async close() {
      control.close();
      try {
        unlinkSocket(host.stateDir, path);
      } finally {
        await server.close();
      }
    },
  };
}
