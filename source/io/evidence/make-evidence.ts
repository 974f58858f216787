import {mapOutside} from '../../core/text/message.ts';
import {foundCauses, type Measurements} from '../../core/evidence.ts';
import {type EvidenceFact} from '../../core/model/evidence.ts';
import {type Evidence} from '../../core/model/evidence.ts';
import {redact} from '../../format/redact.ts';
import {sanitize, sanitizeBlock} from '../../format/sanitize.ts';
import {cutBytes} from './cut-bytes.ts';
import type {Finding, RawText} from './finding.ts';

const FACT_CHARACTERS = 250;
const LINE_BYTES = 4_096;

/** Combines the findings, and makes them safe to show and to keep. */
export function makeEvidence(
  at: number,
  findings: readonly Finding[],
  secrets: readonly string[],
): Evidence {
  return {
    at,
    facts: findings
      .flatMap(({facts = []}) => facts)
      .map(({label, text}): EvidenceFact => ({
        label,
        text: mapOutside(text, outside =>
          redact(sanitize(redact(outside, secrets), FACT_CHARACTERS), secrets),
        ),
      })),
    texts: findings
      .flatMap(({texts = []}) => texts)
      .map(text => ({label: text.label, text: safe(text, secrets)}))
      .filter(({text}) => text !== ''),
    found: foundCauses(combined(findings)),
  };
}

/** Redacts before making characters visible, so that no secret shows in part, and once more after, since invisible characters may have hidden one. */
function safe({text, keep, maxBytes}: RawText, secrets: readonly string[]): string {
  const visible = redact(sanitizeBlock(redact(text, secrets), Infinity), secrets);
  return cutBytes(
    visible
      .split('\n')
      .map(line => cutBytes(line, LINE_BYTES, 'start'))
      .join('\n'),
    maxBytes,
    keep,
  );
}

function combined(findings: readonly Finding[]): Measurements {
  const measured = findings.map(({measured = {}}) => measured);
  return {
    ...(Object.assign({killed: false}, ...measured) as {killed: boolean}),
    disks: measured.flatMap(({disks = []}) => disks),
    said: measured.flatMap(({said = []}) => said),
  };
}
