import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {all} from 'agent2:themes';
import {describe, expect, test} from 'vitest';
import {themeNames} from '../../source/cli/themes.ts';
import type {Theme} from '../../source/contracts/theme.ts';
import {root} from '../helpers/root.ts';

/** What ink's `color` takes. */
const COLOUR = /^(#[0-9a-f]{6}|(black|red|green|yellow|blue|magenta|cyan|white|gr[ae]y)(Bright)?)$/;

describe.each(Object.entries(all))('the theme %s', (name, theme) => {
  test('is called like its file', () => expect(theme.name).toBe(name));

  test('says in a line what it is for', () =>
    expect(theme.summary).toMatch(/^[a-z][^\n]{5,80}[^.]$/));

  test('has only colours that can be drawn', () => {
    const {name: _name, order: _order, summary: _summary, dim: _dim, ...colours} = theme;
    for (const [meaning, colour] of Object.entries(colours))
      if (colour !== undefined) expect(colour, meaning).toMatch(COLOUR);
  });

  test('tells well from down and warned by colour, or has no colour at all', () => {
    const {ok, warn, down} = theme;
    const apart = new Set([ok, warn, down]).size === 3;
    expect(apart || coloursOf(theme).every(colour => colour === undefined)).toBe(true);
  });

  test('is named in docs/screen.md, where `npm run docs` prints it', () => {
    expect(readFileSync(join(root, 'docs/screen.md'), 'utf8')).toContain(`\`${name}\``);
  });
});

test('t begins with dark, and ends with the one without colours where nobody added a later one', () => {
  const ours = ['dark', 'light', 'high-contrast', 'colour-blind', 'mono'];
  expect(themeNames().filter(name => ours.includes(name))).toEqual(ours);
  expect(themeNames()[0]).toBe('dark');
});

function coloursOf({ok, warn, down, unknown, accent, muted, border, chart, key}: Theme) {
  return [ok, warn, down, unknown, accent, muted, border, chart, key];
}
