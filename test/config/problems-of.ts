import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {loadConfig} from '../../source/config/load.ts';
import {problemsText} from '../../source/config/problem.ts';
import {render} from '../../source/core/text/say.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {fakeKinds} from './fake-kinds.ts';

const ENV = {TOKEN: 'tops3cret', LONG: `begin-${'x'.repeat(200)}`, PORT: '70000'};

/** The problems of a file with that text, without its path: `line:column: text`. */
export async function problemsOf(
  content: string | Buffer,
  name = 'agent2.yaml',
): Promise<readonly string[]> {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, content);
  const loaded = await loadConfig(path, {kinds: fakeKinds(), env: ENV});
  return loaded.kind === 'problems'
    ? render(problemsText(loaded))
        .split('\n')
        .map(line => line.replace(`${path}:`, ''))
    : [];
}

/** A target without a mistake, to which one is added. */
export const WEB = 'targets:\n  - name: web\n    url: http://127.0.0.1:3000/\n';
