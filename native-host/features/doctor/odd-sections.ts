import type { ConfigFile } from '../../base/files/config-file.ts';
import { strip } from '../../base/formats/python-space.ts';
import { parseHeader } from '../../base/formats/section-id.ts';
import { type Finding, fail, inline, shortPath } from './check.ts';

/** What makes a section a profile by its looks. */
const PROFILE_KEY =
  /^(?:aws_access_key_id|aws_secret_access_key|aws_session_token|sso_session|sso_start_url|sso_account_id|sso_role_name|role_arn|source_profile|credential_process|credential_source|region|output)$/i;
const MOST = 5;

/** Sections of the config that are not what they look like: a profile that nobody reads, a default profile that is two. */
export function oddSections({ file, document }: ConfigFile, home: string): Finding[] {
  const shown = shortPath(file, home);
  const lineOf = (wanted: (header: string) => boolean) =>
    document.sections.findLast(({ header }) => wanted(header))?.line ?? -1;
  const bare = lineOf((header) => header === 'default');
  const prefixed = lineOf((header) => /^profile\s+default$/.test(strip(header)));
  const findings: Finding[] = [];
  if (bare !== -1 && prefixed !== -1)
    findings.push(
      fail(
        `${shown} has [default] (line ${bare + 1}) and [profile default] (line ${prefixed + 1}): the AWS CLI and boto3 take the later one alone, other SDKs the second form`,
        `put the keys of both together under [default] in ${shown}`,
      ),
    );
  for (const { header, line, entries } of document.sections) {
    const looksLikeOne =
      parseHeader(header) === undefined && entries.some(({ key }) => PROFILE_KEY.test(key));
    if (!looksLikeOne || /^(?:preview|plugins|DEFAULT)$/.test(header)) continue;
    const name = inline(strip(header));
    const written = /\s/.test(name)
      ? `the header of line ${line + 1} as [profile NAME]`
      : `[profile ${name}]`;
    findings.push(
      fail(
        `${shown}, line ${line + 1}: no SDK reads the section [${name}]; a profile of this file is called [profile NAME]`,
        `write ${written} in line ${line + 1} of ${shown}`,
      ),
    );
  }
  return findings.slice(0, MOST);
}
