import type {ReactNode} from 'react';
import {Box} from 'ink';
import {cut, displayWidth} from '../format/width.ts';
import {headerLine} from './components/header.tsx';
import {Lines, useLook} from './components/lines.tsx';
import {faultBarLine, keyBarLine} from './keys/key-bar.ts';
import {keysOn} from './keys/key-table.ts';
import {kindFor} from './layout.ts';
import {topOf, type Stack} from './navigation.ts';
import {alertLines, reasonLines} from './panels/reason/lines.ts';
import {drawnOf, type OpenScreen} from './screens/drawn.ts';
import {screenNamed} from './screens/open.ts';
import type {ViewProps} from './screens/screen.ts';
import {unseen} from './state/lost.ts';
import type {Scene} from './state/scene.ts';
import {span, type Line} from './text/spans.ts';

interface ChromeProps extends Pick<ViewProps, 'screens' | 'onScrollable'> {
  readonly scene: Scene;
  readonly stack: Stack;
}

/** The top screen, with the parts around every screen: header, reason, keys. */
export function Chrome(props: ChromeProps): ReactNode {
  const {rows, size} = props.scene;
  switch (kindFor(size, rows.length)) {
    case 'panels':
      return <Full {...props} />;
    case 'lines':
      return <Small {...props} />;
    case 'status':
      return <OneLine {...props} />;
  }
}

function Full(props: ChromeProps) {
  const {scene, stack, screens} = props;
  const {target, phase, size, problems, context, gone, attachedTo, notes} = scene;
  const {symbols} = useLook();
  const width = size.columns;
  const height = size.rows - 1;
  const seen = gone === undefined ? target : unseen(target);
  const above = [headerLine(seen, phase, width, symbols, attachedTo)];
  const below: readonly Line[] = [
    ...alertLines(target, problems, size.rows >= 30 ? 3 : 1, symbols, notes),
    ...reasonLines(scene, width, size.rows >= 20 ? 2 : 1, symbols),
    ...(context.faults.length > 0 && stack.length === 1 ? [faultBarLine(context, width)] : []),
    keyBar(props),
  ];
  const {body, over, prompt} = drawnOf(stack, screens, size, 'panels');
  const view = {...props, kind: 'panels', width, prompt} as const;
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Lines lines={above} width={width} height={above.length} />
      <OpenView {...view} open={body} height={height - above.length - below.length} />
      <Lines lines={below} width={width} height={below.length} />
      {over && <OpenView {...view} open={over} height={height} />}
    </Box>
  );
}

function Small(props: ChromeProps) {
  const {scene, stack, screens} = props;
  const {size, goneShort} = scene;
  const width = size.columns;
  const height = size.rows - 1;
  const {body, prompt} = drawnOf(stack, screens, size, 'lines');
  const {symbols} = useLook();
  // Not on the first screen, which shows it itself, nor in a dialog, which needs the line for its keys.
  const saysGone = goneShort && body.screen.shows === 'page' && body.screen.key !== undefined;
  const last = saysGone ? goneLine(goneShort, width, symbols.ellipsis) : keyBar(props);
  return (
    <Box flexDirection="column" width={width} height={height}>
      <OpenView
        {...props}
        open={body}
        kind="lines"
        prompt={prompt}
        width={width}
        height={height - 1}
      />
      <Lines lines={[last]} width={width} height={1} />
    </Box>
  );
}

/** For a terminal of a few rows or columns. */
function OneLine(props: ChromeProps) {
  const {scene, stack, screens} = props;
  const {size, notes, goneShort} = scene;
  const width = size.columns;
  const {ellipsis} = useLook().symbols;
  const said =
    notes[0] === undefined
      ? goneShort && goneLine(goneShort, width, ellipsis)
      : [span(cut(notes[0], width, ellipsis), 'warn', true)];
  if (said) return <Lines lines={[said]} width={width} height={1} />;
  const {body} = drawnOf(stack, screens, size, 'status');
  return (
    <OpenView {...props} open={body} kind="status" prompt={undefined} width={width} height={1} />
  );
}

function OpenView({
  open: {screen, place},
  scene,
  ...rest
}: ChromeProps & Pick<ViewProps, 'kind' | 'width' | 'height' | 'prompt'> & {open: OpenScreen}) {
  const {View} = screen;
  const title = screen.title(place.state, scene.context);
  return <View {...scene} {...rest} title={title} state={place.state} />;
}

function keyBar({scene, stack, screens}: ChromeProps): Line {
  const top = screenNamed(screens, topOf(stack).screen);
  return keyBarLine(keysOn(top, screens), scene.context, scene.size.columns);
}

/** The longest of these texts that fits. */
function goneLine(texts: readonly string[], width: number, ellipsis: string): Line {
  const fitting =
    texts.find(text => displayWidth(text) <= width) ?? cut(texts.at(-1) ?? '', width, ellipsis);
  return [span(fitting, 'down', true)];
}
