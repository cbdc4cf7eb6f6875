import { parseToken } from '../../../base/files/token-format.ts';
import { maskKeyId } from '../../../base/formats/mask.ts';
import { writtenEnd } from '../../../base/formats/written-end.ts';
import { filesIn, linesOf } from '../file-lines.ts';
import type { AuditCheck, AuditContext, Finding } from '../finding.ts';

/** Tokens and temporary keys with no end beside them: no program knows when to stop using them or to renew them. */
export const withoutEnd: AuditCheck = {
  id: 'without-end',
  about: 'tokens and temporary keys without an expiration',
  run: (context) => [...tokens(context), ...keys(context)],
};

function tokens({ paths }: AuditContext): Finding[] {
  return filesIn(paths.ssoCacheDir, /\.json$/).flatMap((file) => {
    const text = linesOf(file).join('\n');
    if (!text.includes('"accessToken"')) return [];
    const read = parseToken(text);
    if (read.kind !== 'broken' || !read.reason.includes('expiresAt')) return [];
    return [
      {
        severity: 'medium',
        title: 'a sign-in token without an expiration',
        file,
        line: null,
        fix: 'sign in again with the program that wrote it',
      },
    ];
  });
}

function keys({ config }: AuditContext): Finding[] {
  return [...config.profiles.values()].flatMap((section) => {
    const { name, values } = section;
    const id = values.get('aws_access_key_id');
    if (id === undefined || !id.value.startsWith('ASIA') || writtenEnd(section) !== undefined) return [];
    const saml = values.has('x_principal_arn') || values.has('aws_security_token');
    return [
      {
        severity: 'low',
        title: `temporary key ${maskKeyId(id.value)} of profile ${name}, without an expiration`,
        file: id.file,
        line: id.line,
        fix: saml
          ? 'run `awsher migrate saml2aws`: its profiles renew automatically or know when they expire'
          : 'use a profile of Identity Center, which renews its keys automatically, and delete these lines',
      },
    ];
  });
}
