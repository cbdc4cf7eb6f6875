import { AwsherError } from '../errors/awsher-error.ts';
import { inWords, type Why } from '../login/endings.ts';
import { samlTimeout } from '../saml/posted-response.ts';
import type { Request } from './request.ts';

/** The command to type to ask again. */
const commandOf = ({ subject, asker }: Request): string => {
  if (subject.kind === 'sign-in') return `awsher login ${subject.target.session}`;
  return subject.kind === 'saml' ? `awsher saml login ${subject.name}` : asker.command;
};

/** Why a request ends, in words. */
export function endOf(request: Request, why: Why): AwsherError {
  const isSaml = request.subject.kind === 'saml';
  if (why === 'expired' && isSaml) return samlTimeout();
  if (why === 'permission-missing' && isSaml)
    return new AwsherError(
      'PERMISSION_MISSING',
      "The browser does not let awsher see AWS's SAML sign-in page.",
      {
        hint: `run \`${commandOf(request)}\` again and press Allow in the page that opens`,
      },
    );
  return inWords(why, commandOf(request));
}
