import {createContext, createElement, Fragment, memo, useContext} from 'react';
import {Text} from 'ink';
import type {Palette} from '../../contracts/theme.ts';
import {fitLine, plainText, type Line, type Span} from '../text/spans.ts';
import {UNICODE, type Symbols} from '../text/symbols.ts';

/** The colours and characters of the screen. */
export interface Look {
  readonly theme: Palette;
  readonly symbols: Symbols;
}

const NO_COLOUR: Palette = {
  ok: undefined,
  warn: undefined,
  down: undefined,
  unknown: undefined,
  accent: undefined,
  muted: undefined,
  border: undefined,
  chart: undefined,
  key: undefined,
  dim: false,
};

export const LookContext = createContext<Look>({theme: NO_COLOUR, symbols: UNICODE});

export function useLook(): Look {
  return useContext(LookContext);
}

interface LinesProps {
  readonly lines: readonly Line[];
  readonly width: number;
  /** Further lines are not drawn. */
  readonly height: number;
}

/**
 * A block of lines, each exactly `width` columns, as a single node for ink. It uses ink's inner element instead of `Text`, which has no size: ink
 * would measure each text and cache it for ever.
 */
export const Lines = memo(function Lines({lines, width, height}: LinesProps) {
  const {theme, symbols} = useLook();
  if (width < 1 || height < 1) return null;
  const shown = lines.slice(0, height).map(line => fitLine(line, width, symbols.ellipsis));
  return createElement(
    'ink-text',
    {style: {width, height, flexShrink: 0, textWrap: 'truncate'}},
    shown.map((line, row) => (
      <Fragment key={row}>
        {row > 0 ? '\n' : ''}
        {line.map((part, index) => draw(part, index, theme))}
      </Fragment>
    )),
  );
}, sameLines);

function draw(part: Span, key: number, theme: Palette) {
  if (typeof part === 'string') return <Fragment key={key}>{part}</Fragment>;
  const {text, tone, bold = false, inverse = false} = part;
  const colour = tone === undefined ? undefined : theme[tone];
  if (colour === undefined && !bold && !inverse && !(theme.dim && tone === 'muted'))
    return <Fragment key={key}>{text}</Fragment>;
  return (
    <Text
      key={key}
      color={colour}
      bold={bold}
      inverse={inverse}
      dimColor={theme.dim && tone === 'muted'}
    >
      {text}
    </Text>
  );
}

/** Compares the content, because panels build new lines for every frame and most are equal. */
function sameLines(a: LinesProps, b: LinesProps): boolean {
  return (
    a.width === b.width &&
    a.height === b.height &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, row) => sameLine(line, b.lines[row] ?? []))
  );
}

function sameLine(a: Line, b: Line): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    plainText(a) === plainText(b) &&
    a.every((part, index) => sameSpan(part, b[index]))
  );
}

function sameSpan(a: Span, b: Span | undefined): boolean {
  if (typeof a === 'string' || typeof b === 'string' || b === undefined) return a === b;
  return (
    a.text === b.text &&
    a.tone === b.tone &&
    (a.bold ?? false) === (b.bold ?? false) &&
    (a.inverse ?? false) === (b.inverse ?? false)
  );
}
