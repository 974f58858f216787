const CELL = {width: 8.4, height: 17, font: 14, baseline: 13};
const MARGIN = 14;
const TITLE_BAR = 30;
const GROUND = '#11151c';
const TEXT = '#d7dce2';
const ANSI = [
  '#3b4252',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#d7dce2',
  '#6b7380',
  '#ff7b85',
  '#b0e08c',
  '#ffd68a',
  '#82c4ff',
  '#dd9bf0',
  '#7fd6e0',
  '#ffffff',
];
const CUBE = [0, 95, 135, 175, 215, 255];

/** An SVG of an `@xterm/headless` terminal's screen, in a window frame: one <text> for each stretch of one style, its width fixed so that any monospace font lines up. */
export function terminalToSvg(emulator, title) {
  const width = emulator.cols * CELL.width + MARGIN * 2;
  const height = emulator.rows * CELL.height + TITLE_BAR + MARGIN;
  const rows = Array.from({length: emulator.rows}, (_, row) => rowToSvg(emulator, row));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-label="${escapeXml(title)}">`,
    `<rect x="0.5" y="0.5" width="${round(width - 1)}" height="${round(height - 1)}" rx="8" fill="${GROUND}" stroke="#39414d"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (colour, index) => `<circle cx="${18 + index * 18}" cy="15" r="5.5" fill="${colour}"/>`,
    ),
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace" font-size="${CELL.font}" fill="${TEXT}">`,
    `<text x="${round(width / 2)}" y="20" text-anchor="middle" fill="#8b94a1" font-size="12">${escapeXml(title)}</text>`,
    ...rows.filter(row => row !== ''),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function rowToSvg(emulator, row) {
  const buffer = emulator.buffer.active;
  const line = buffer.getLine(buffer.baseY + row);
  if (!line) return '';
  const y = TITLE_BAR + row * CELL.height;
  return runsOf(line, emulator.cols)
    .map(({column, cells, text, style}) => {
      const x = round(MARGIN + column * CELL.width);
      const length = round(cells * CELL.width);
      const ground =
        style.ground === undefined
          ? ''
          : `<rect x="${x}" y="${y}" width="${length}" height="${CELL.height}" fill="${style.ground}"/>`;
      if (text.trim() === '') return ground;
      return `${ground}<text x="${x}" y="${y + CELL.baseline}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"${style.attributes}>${escapeXml(text)}</text>`;
    })
    .filter(element => element !== '')
    .join('\n');
}

/** Neighbouring cells of one style; drops blanks without a background at both ends, and splits a run at a wide gap. */
function runsOf(line, columns) {
  const runs = [];
  for (let column = 0; column < columns; column += 1) {
    const cell = line.getCell(column);
    const cells = cell.getWidth();
    if (cells === 0) continue;
    const style = styleOf(cell);
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    const joins =
      last &&
      last.column + last.cells === column &&
      sameStyle(last.style, style) &&
      !(text !== ' ' && last.text.endsWith('  ') && style.ground === undefined);
    if (joins) {
      last.text += text;
      last.cells += cells;
    } else {
      runs.push({column, cells, text, style});
    }
  }
  return runs.map(trimmed);
}

function trimmed(run) {
  if (run.style.ground !== undefined || run.text.trim() === '') return run;
  const before = run.text.length - run.text.trimStart().length;
  const after = run.text.length - run.text.trimEnd().length;
  return {
    ...run,
    column: run.column + before,
    cells: run.cells - before - after,
    text: run.text.trim(),
  };
}

function styleOf(cell) {
  const colours = [
    colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
  ];
  const [front, ground] = cell.isInverse() ? [colours[1] ?? GROUND, colours[0] ?? TEXT] : colours;
  const attributes = [
    front === undefined ? '' : ` fill="${front}"`,
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isItalic() ? ' font-style="italic"' : '',
    cell.isUnderline() ? ' text-decoration="underline"' : '',
    cell.isDim() ? ' opacity="0.6"' : '',
  ].join('');
  return {attributes, ground};
}

function sameStyle(a, b) {
  return a.attributes === b.attributes && a.ground === b.ground;
}

/** Undefined is the terminal's own colour. */
function colourOf(isDefault, isRgb, value) {
  if (isDefault) return undefined;
  if (isRgb) return hex([value >> 16, (value >> 8) & 255, value & 255]);
  if (value < 16) return ANSI[value];
  if (value >= 232) return hex(Array(3).fill(8 + (value - 232) * 10));
  const index = value - 16;
  return hex([CUBE[Math.floor(index / 36)], CUBE[Math.floor(index / 6) % 6], CUBE[index % 6]]);
}

function hex(parts) {
  return `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

function escapeXml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function round(value) {
  return Number(value.toFixed(1));
}
