import {secretsOfEnvironment} from '../../config/secrets-in.ts';
import type {Finding, Remark} from '../../contracts/examination.ts';
import {say} from '../../core/text/say.ts';
import {errorText} from '../../format/error-text.ts';
import {redact} from '../../format/redact.ts';
import {sanitize, sanitizeBlock, sanitizeText} from '../../format/sanitize.ts';
import type {Examination, Scene} from './scene.ts';

/** Findings about the same subject. */
export interface Chapter {
  readonly about: Examination['about'];
  /** The state directory, or the name of the target. */
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** Runs every examination of every subject at the same time, for at most `limitMs`; a timeout or failure of one is a finding too. */
export async function examine(
  examinations: readonly Examination[],
  scene: Scene,
  limitMs: number,
): Promise<readonly Chapter[]> {
  const ordered = [...examinations].sort((a, b) => a.order - b.order);
  const secrets = [
    ...scene.subjects.flatMap(({spec}) => spec.secrets),
    ...secretsOfEnvironment(process.env),
  ];
  const chapter = async (
    about: Examination['about'],
    title: string,
    target: string | undefined,
    asked: ReadonlyArray<Asked>,
  ): Promise<Chapter> => {
    const findings = await Promise.all(
      asked.map(async ({examination, ask}) =>
        (await bounded(ask, limitMs)).map(remark =>
          findingOf(remark, {target, what: examination.what(), secrets}),
        ),
      ),
    );
    return {about, title, findings: findings.flat()};
  };
  return Promise.all([
    ...scene.places.map(place =>
      chapter(
        'monitor',
        place.stateDir,
        undefined,
        ordered.flatMap(it =>
          it.about === 'monitor'
            ? [{examination: it, ask: (signal: AbortSignal) => it.examine(place, scene, signal)}]
            : [],
        ),
      ),
    ),
    ...scene.subjects.map(subject =>
      chapter(
        'target',
        subject.spec.name,
        subject.spec.name,
        ordered.flatMap(it =>
          it.about === 'target'
            ? [{examination: it, ask: (signal: AbortSignal) => it.examine(subject, scene, signal)}]
            : [],
        ),
      ),
    ),
    chapter(
      'machine',
      '',
      undefined,
      ordered.flatMap(it =>
        it.about === 'machine'
          ? [{examination: it, ask: (signal: AbortSignal) => it.examine(scene, signal)}]
          : [],
      ),
    ),
  ]);
}

/** Cleans remarks, since their quotes may contain secrets or binary data. */
function findingOf(
  {id, level, seen, next}: Remark,
  {
    target,
    what,
    secrets,
  }: {
    readonly target: string | undefined;
    readonly what: string;
    readonly secrets: readonly string[];
  },
): Finding {
  const clean = (text: string) => redact(sanitizeBlock(text, 2_000), secrets);
  return {
    id,
    level,
    ...(target === undefined ? {} : {target}),
    what,
    seen: clean(seen),
    ...(next === undefined ? {} : {next: redact(sanitize(next, 400), secrets)}),
  };
}

interface Asked {
  readonly examination: Examination;
  readonly ask: (signal: AbortSignal) => Promise<readonly Remark[]>;
}

async function bounded(ask: Asked['ask'], limitMs: number): Promise<readonly Remark[]> {
  const enough = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Remark[]>(resolve => {
    timer = setTimeout(
      () =>
        resolve([
          {
            id: 'examination_late',
            level: 'skipped',
            seen: say`no answer within ${limitMs / 1000} s; the rest was examined without it`,
          },
        ]),
      limitMs,
    );
  });
  try {
    return await Promise.race([ask(enough.signal), late]);
  } catch (error) {
    return [
      {
        id: 'examination_failed',
        level: 'skipped',
        seen: say`could not be examined: ${sanitizeText(errorText(error))}`,
      },
    ];
  } finally {
    clearTimeout(timer);
    enough.abort();
  }
}
