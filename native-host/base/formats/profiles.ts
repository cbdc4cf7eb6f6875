import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import type { IniDocument, IniEntry } from './ini-document.ts';
import { strip } from './python-space.ts';
import { isPortableHeader, parseHeader, type SectionId, type SectionType } from './section-id.ts';

/** A value with the place where it is written. */
export interface ConfigValue {
  readonly value: string;
  /** The keys of a nested block (`s3 =` with indented lines below), lower case. */
  readonly nested?: ReadonlyMap<string, string>;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface ConfigSection extends SectionId {
  readonly file: string;
  readonly line: number;
  /** Whether every SDK reads the header; false for quoted names. */
  readonly portable: boolean;
  /** By lower-case key. */
  readonly values: ReadonlyMap<string, ConfigValue>;
}

/** `~/.aws/config` and `~/.aws/credentials` as one, by name. */
export interface SharedConfig {
  readonly profiles: ReadonlyMap<string, ConfigSection>;
  readonly ssoSessions: ReadonlyMap<string, ConfigSection>;
  readonly services: ReadonlyMap<string, ConfigSection>;
}

export interface SourceFile {
  /** For messages. */
  readonly file: string;
  readonly document: IniDocument;
}

/**
 * Reads the two files with the semantics of the AWS SDKs' reference: sections of the same name are merged and the later
 * key wins, of `[default]` and `[profile default]` the one that comes later counts alone, as for the AWS CLI, values of the credentials file win over those of the config,
 * ` #` and ` ;` begin a comment, keys are lower-cased. Where botocore reads more (indented keys, `key: value`, quoted
 * names) so does this. Never throws: what no SDK reads is left out.
 */
export function readSharedConfig(config: SourceFile, credentials?: SourceFile): SharedConfig {
  const maps: Record<SectionType, Map<string, OpenSection>> = {
    profile: new Map(),
    'sso-session': new Map(),
    services: new Map(),
  };
  let lastDefault: boolean | undefined;
  for (const section of config.document.sections) {
    const id = parseHeader(section.header);
    if (id === undefined) continue;
    if (id.type === 'profile' && id.name === 'default') {
      const prefixed = section.header !== 'default';
      if (lastDefault !== undefined && lastDefault !== prefixed) maps.profile.delete('default');
      lastDefault = prefixed;
    }
    const portable = isPortableHeader(section.header);
    addTo(maps[id.type], id, config, section.line, portable, section.entries);
  }
  for (const section of credentials?.document.sections ?? []) {
    const name = strip(section.header);
    if (credentials === undefined || name === '__proto__' || /^(?:profile|sso-session|services)\s/.test(name))
      continue;
    const id = { type: 'profile', name } as const;
    addTo(maps.profile, id, credentials, section.line, isSafeName(name), section.entries);
  }
  return { profiles: maps.profile, ssoSessions: maps['sso-session'], services: maps.services };
}

/** The text of a value, undefined when it is not there or empty. */
export function textValue(section: ConfigSection | undefined, key: string): string | undefined {
  return section?.values.get(key)?.value || undefined;
}

/**
 * The start URLs, exactly as written, of profiles that name a portal themselves (no `sso_session`): SDKs look for their
 * token under SHA-1 of that text.
 */
export function legacyStartUrls(config: SharedConfig, startUrl: string): string[] {
  const urls = new Set<string>();
  for (const profile of config.profiles.values()) {
    const url = textValue(profile, 'sso_start_url');
    if (url !== undefined && textValue(profile, 'sso_session') === undefined) urls.add(url);
  }
  if (urls.size === 0) return [];
  const wanted = comparableStartUrl(startUrl);
  return [...urls].filter((url) => comparableStartUrl(url) === wanted);
}

interface OpenSection extends ConfigSection {
  readonly values: SectionValues;
}

function addTo(
  map: Map<string, OpenSection>,
  id: SectionId,
  source: SourceFile,
  at: number,
  portable: boolean,
  entries: readonly IniEntry[],
): void {
  let section = map.get(id.name);
  if (section === undefined) {
    section = { ...id, file: source.file, line: at + 1, portable, values: new SectionValues() };
    map.set(id.name, section);
  }
  section.values.add(source, entries);
}

/**
 * The values of one section, read when they are asked for: of ten thousand profiles a command looks at one or two keys, and
 * making objects of all the others takes longer than to parse the file.
 */
class SectionValues implements ReadonlyMap<string, ConfigValue> {
  private readonly parts: { source: SourceFile; entries: readonly IniEntry[] }[] = [];
  private whole: ReadonlyMap<string, ConfigValue> | undefined;

  /** A later part of the same name wins, key by key. */
  add(source: SourceFile, entries: readonly IniEntry[]): void {
    this.parts.push({ source, entries });
    this.whole = undefined;
  }

  get(key: string): ConfigValue | undefined {
    if (this.whole !== undefined) return this.whole.get(key);
    for (let part = this.parts.length - 1; part >= 0; part--) {
      const one = this.parts[part];
      const entry = one?.entries.findLast((entry) => isKey(entry.key, key));
      if (one !== undefined && entry !== undefined)
        return valueOfEntry(one.source.document, entry, one.source.file);
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.parts.some(({ entries }) => entries.some((entry) => isKey(entry.key, key)));
  }

  get size(): number {
    return this.all().size;
  }
  entries(): MapIterator<[string, ConfigValue]> {
    return this.all().entries();
  }
  keys(): MapIterator<string> {
    return this.all().keys();
  }
  values(): MapIterator<ConfigValue> {
    return this.all().values();
  }
  forEach(each: (value: ConfigValue, key: string, map: ReadonlyMap<string, ConfigValue>) => void): void {
    this.all().forEach(each);
  }
  [Symbol.iterator](): MapIterator<[string, ConfigValue]> {
    return this.all()[Symbol.iterator]();
  }

  private all(): ReadonlyMap<string, ConfigValue> {
    if (this.whole !== undefined) return this.whole;
    const whole = new Map<string, ConfigValue>();
    for (const { source, entries } of this.parts)
      for (const entry of entries)
        whole.set(entry.key.toLowerCase(), valueOfEntry(source.document, entry, source.file));
    this.whole = whole;
    return whole;
  }
}

const isKey = (written: string, key: string): boolean => written === key || written.toLowerCase() === key;

function valueOfEntry(document: IniDocument, entry: IniEntry, file: string): ConfigValue {
  const first = withoutComment(entry.rawValue);
  const place = { file, line: entry.line + 1 };
  if (entry.more.length === 0) return { value: first, ...place };
  const more = entry.more.map((at) => document.lines[at]?.text ?? '');
  if (first !== '') return { value: [first, ...more.map(strip)].join('\n'), ...place };
  const nested = new Map<string, string>();
  for (const text of more) {
    const at = text.indexOf('=');
    if (at > 0) nested.set(strip(text.slice(0, at)).toLowerCase(), withoutComment(text.slice(at + 1)));
  }
  return { value: '', nested, ...place };
}

function withoutComment(rawValue: string): string {
  const comment = rawValue.search(/[ \t][#;]/);
  return strip(comment === -1 ? rawValue : rawValue.slice(0, comment));
}
