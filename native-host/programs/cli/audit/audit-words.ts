import { type AuditFinding, SEVERITIES, type Severity } from '../../../features/audit/finding.ts';
import type { AuditResult } from '../../../features/audit/run-audit.ts';
import { shortPath } from '../../../features/doctor/check.ts';
import type { TellOptions } from '../explain/draw.ts';
import { plain, type Style } from '../output.ts';
import { width as columnsOf, hang, wrap } from '../width.ts';

/** Findings, the worst first: what and where, and below it what to do. */
export function findingsText({ findings }: AuditResult, options: TellOptions): string {
  return findings.map((finding) => findingText(finding, options)).join('\n\n');
}

const COLUMN = Math.max(...SEVERITIES.map((severity) => severity.length)) + 2;

function findingText({ severity, title, file, line, fix }: AuditFinding, options: TellOptions): string {
  const { style, width, unicode, home } = options;
  const room = width - COLUMN;
  const place = file === null ? '' : `${shortPath(file, home)}${line === null ? '' : `:${line}`}`;
  const sentence = plain(title.replace(/^[a-z](?=[a-z-]*[ ,])/, (letter) => letter.toUpperCase()));
  const lines = wrap(sentence, room);
  const last = lines.at(-1) ?? '';
  const gap = room - columnsOf(last) - columnsOf(place);
  const placed =
    place === ''
      ? lines
      : gap >= 2
        ? [...lines.slice(0, -1), `${last}${' '.repeat(gap)}${style.dim(plain(place))}`]
        : [...lines, style.dim(plain(place))];
  const arrow = unicode ? '→' : '->';
  const indent = ' '.repeat(COLUMN);
  return [
    ...placed.map((text, at) => (at === 0 ? `${paint(severity, style)}${text}` : `${indent}${text}`)),
    ...hang(`${indent}${arrow} `, plain(fix), width),
  ].join('\n');
}

function paint(severity: Severity, style: Style): string {
  const word = severity.padEnd(COLUMN);
  switch (severity) {
    case 'critical':
      return style.red(style.bold(word));
    case 'high':
      return style.red(word);
    case 'medium':
      return style.yellow(word);
    default:
      return style.dim(word);
  }
}

/** `3 findings: 1 high, 2 low`. */
export function summary({ findings }: AuditResult): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${findings.length === 1 ? '1 finding' : `${findings.length} findings`}: ${counts.join(', ')}`;
}
