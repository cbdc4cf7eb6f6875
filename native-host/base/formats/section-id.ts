import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { posixWords } from './shell-split.ts';

export type SectionType = 'profile' | 'sso-session' | 'services';

/** What a section is about, however its header is spelled. */
export interface SectionId {
  readonly type: SectionType;
  readonly name: string;
}

const CANONICAL = /^(profile|sso-session|services)[ \t]+([A-Za-z0-9_\-/.%@:+]+)$/;

/**
 * What a header of `~/.aws/config` names, undefined for one that SDKs ignore. Reads what the AWS CLI writes too:
 * quoted names (`[sso-session 'my corp']`), which only Python's and JavaScript's SDK understand; botocore splits a header by
 * `shlex.split`.
 */
export function parseHeader(header: string): SectionId | undefined {
  if (header === 'default') return { type: 'profile', name: 'default' };
  const words = CANONICAL.exec(header)?.slice(1) ?? posixWords(header) ?? [];
  const [type, name] = words;
  if (words.length !== 2 || !isSectionType(type) || name === undefined || name === '__proto__')
    return undefined;
  return { type, name };
}

/** The one form of a header that every SDK reads. The name must be a safe one. */
export function formatHeader({ type, name }: SectionId): string {
  return type === 'profile' && name === 'default' ? '[default]' : `[${type} ${name}]`;
}

/** Whether every SDK takes this header for the section that it names. */
export function isPortableHeader(header: string): boolean {
  const id = parseHeader(header);
  return id !== undefined && isSafeName(id.name) && (header === 'default' || CANONICAL.test(header));
}

/** One text per section, to compare and to use as a key of a map. */
export function sectionKey({ type, name }: SectionId): string {
  return `${type} ${name}`;
}

function isSectionType(type: string | undefined): type is SectionType {
  return type === 'profile' || type === 'sso-session' || type === 'services';
}
