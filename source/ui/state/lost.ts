import type {Link} from '../../contracts/monitor.ts';
import type {TargetState} from '../../core/model/target.ts';
import {render, say} from '../../core/text/say.ts';
import {span} from '../../core/text/span.ts';

/** The link to a monitor of another process that no longer answers. */
export type Lost = Extract<Link, {state: 'lost'}>;

/** Says how long the monitor has been gone, and that agent2 looks for it. */
export function goneText({text, since}: Lost, now: number): string {
  return say`${text}; looking for it again, since ${goneFor(since, now)}`;
}

/** Shorter versions, for narrow terminals; the longest first. */
export function goneShort({text, since}: Lost, now: number): readonly string[] {
  return [text, say`monitor gone`].map(each => `${each}, ${goneFor(since, now)}`);
}

/** In whole seconds, because the text counts them. */
function goneFor(since: number, now: number): string {
  return render(span(Math.max(1, Math.floor((now - since) / 1_000)) * 1_000));
}

/** The target of a lost monitor: its health is unknown now. */
export function unseen(target: TargetState): TargetState {
  return {...target, health: {...target.health, level: 'unknown'}};
}
