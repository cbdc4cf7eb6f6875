import type { Paths } from '../../base/files/paths.ts';
import { readRegularFile } from '../../base/files/read-file.ts';
import { checkDocument, decodeConfig } from '../../base/formats/check.ts';
import { type IniDocument, parseIni } from '../../base/formats/ini-document.ts';
import { readSharedConfig, type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import { parseHeader } from '../../base/formats/section-id.ts';
import { selectSections } from '../../base/formats/select-sections.ts';

const MAX_ROUNDS = 20;
const CANONICAL = /^(?:profile|sso-session|services) [\w.@:+/-]+$/;

/**
 * As much of the shared config as one profile needs: its own sections, its session, its source profiles and theirs. For
 * the cached path, where reading ten thousand profiles would take longer than everything else. `null` when there is
 * anything about these parts that SDKs reject. Throws FILE_READ.
 */
export function neededConfig(
  paths: Pick<Paths, 'configFile' | 'credentialsFile'>,
  profile: string,
): SharedConfig | null {
  const config = textOf(paths.configFile);
  const credentials = textOf(paths.credentialsFile);
  if (config === null || credentials === null) return null;
  const wanted = new Set([`profile ${profile}`]);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = wanted.size;
    const document = part(config, (header) => {
      // Nearly every header is canonical, and nearly none is wanted: no parsing for those.
      if (wanted.has(header)) return true;
      if (CANONICAL.test(header)) return false;
      const id = parseHeader(header);
      return id !== undefined && wanted.has(`${id.type} ${id.name}`);
    });
    const keys = part(credentials, (header) => wanted.has(`profile ${header.trim()}`));
    if (document === null || keys === null) return null;
    const shared = readSharedConfig(
      { file: paths.configFile, document },
      { file: paths.credentialsFile, document: keys },
    );
    for (const section of shared.profiles.values()) {
      const session = textValue(section, 'sso_session');
      const source = textValue(section, 'source_profile');
      if (session !== undefined) wanted.add(`sso-session ${session}`);
      if (source !== undefined) wanted.add(`profile ${source}`);
    }
    if (wanted.size === before) return shared;
  }
  return null;
}

function textOf(file: string): string | null {
  const decoded = decodeConfig(readRegularFile(file) ?? new Uint8Array());
  return 'problem' in decoded ? null : decoded.text;
}

function part(text: string, wanted: (header: string) => boolean): IniDocument | null {
  const selected = selectSections(text, wanted);
  if (selected === null) return null;
  const document = parseIni(selected);
  return checkDocument(document).length === 0 ? document : null;
}
