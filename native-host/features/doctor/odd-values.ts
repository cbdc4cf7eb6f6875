import { existsSync } from 'node:fs';
import { removeLine, writeIn } from '../../base/formats/advice.ts';
import { nearest } from '../../base/formats/nearest.ts';
import {
  type ConfigSection,
  type ConfigValue,
  type SharedConfig,
  textValue,
} from '../../base/formats/profiles.ts';
import { type Finding, fail, inline, shortPath } from './check.ts';

const MOST = 5;

interface Form {
  readonly form: RegExp;
  readonly what: string;
  readonly example: string;
  readonly onlyIfMended?: true;
  /** The value that was meant, as far as it can be told. */
  readonly mend?: (value: string) => string;
}

/** A name of no region may be what a stand-in of AWS wants (`local`): only what was most likely to be another counts. */
const REGION: Form = {
  onlyIfMended: true,
  form: /^[a-z]{2,}(?:-[a-z]+)+-\d+$/,
  what: 'the name of a region',
  example: 'us-east-1',
  mend: (value) =>
    value
      .toLowerCase()
      .replaceAll(/[ _]/g, '-')
      .replace(/(\d)[a-z]$/, '$1'),
};

/** What AWS takes for a value, of those that are read as they stand: the AWS CLI would find out on the wire. */
const FORMS: Readonly<Record<string, Form>> = {
  sso_account_id: {
    form: /^\d{12}$/,
    what: 'the twelve digits of an account',
    example: '111122223333',
    // With hyphens as the console shows it, or without its first zeros as a spreadsheet does.
    mend: (value) => value.replaceAll(/[ -]/g, '').padStart(12, '0'),
  },
  sso_role_name: {
    form: /^[\w+=,.@-]{1,64}$/,
    what: 'the name of a role',
    example: 'NAME',
    mend: (value) => value.replace(/^.*\//, ''),
  },
  sso_region: REGION,
  region: REGION,
  sso_start_url: {
    form: /^https?:\/\/[^\s"']+$/,
    what: 'an address that begins with https://',
    example: 'https://NAME.awsapps.com/start',
    mend: (value) => `https://${value.replace(/^\w+:\/+/, '')}`,
  },
};

/** Values that no service of AWS takes, and names of what is not there. */
export function oddValues({ profiles, ssoSessions, services }: SharedConfig, home: string): Finding[] {
  const sections = [...ssoSessions.values(), ...profiles.values()];
  return sections
    .flatMap((section) => [
      ...Object.keys(FORMS).flatMap((key) => formOf(section, key, home)),
      ...missing(section, 'services', (name) => services.has(name), nearestOf(services), home),
      ...missing(
        section,
        'sso_session',
        (name) => isRole(section) || ssoSessions.has(name),
        nearestOf(ssoSessions),
        home,
      ),
      ...otherPortal(section, ssoSessions.get(textValue(section, 'sso_session') ?? ''), home),
      ...missing(section, 'ca_bundle', existsSync, () => undefined, home),
    ])
    .slice(0, MOST);
}

function formOf(section: ConfigSection, key: string, home: string): Finding[] {
  const at = section.values.get(key);
  const { form, what, example, onlyIfMended, mend = (value) => value } = FORMS[key] ?? REGION;
  if (at === undefined || at.value === '' || form.test(at.value)) return [];
  const mended = mend(at.value.replaceAll(/^["'\u201C\u201D]+|["'\u201C\u201D,]+$/g, ''));
  if (onlyIfMended && !form.test(mended)) return [];
  const sentence = `${key} of ${section.type} ${section.name} is not ${what}`;
  return [
    odd(at, sentence, home, (place) => writeIn(place, `${key} = ${form.test(mended) ? mended : example}`)),
  ];
}

/** A profile for `aws sso login` alone, which no resolver looks at: where it and its session differ, the AWS CLI refuses it. */
function otherPortal(section: ConfigSection, session: ConfigSection | undefined, home: string): Finding[] {
  if (session === undefined || isRole(section)) return [];
  return ['sso_start_url', 'sso_region'].flatMap((key) => {
    const at = section.values.get(key);
    if (at === undefined || at.value === session.values.get(key)?.value) return [];
    return [
      odd(
        at,
        `${key} of profile ${section.name} differs from the one in its sso-session ${session.name}`,
        home,
        removeLine,
      ),
    ];
  });
}

const isRole = ({ values }: ConfigSection): boolean =>
  values.has('sso_account_id') || values.has('sso_role_name');

function missing(
  section: ConfigSection,
  key: string,
  isThere: (value: string) => boolean,
  meant: (value: string) => string | undefined,
  home: string,
): Finding[] {
  const at = section.values.get(key);
  if (at === undefined || at.value === '' || isThere(at.value)) return [];
  const other = meant(at.value);
  const sentence = `${key} of ${section.type} ${section.name} names ${at.value}, which does not exist`;
  return [
    odd(at, sentence, home, (place) =>
      other === undefined ? removeLine(place) : writeIn(place, `${key} = ${other}`),
    ),
  ];
}

const nearestOf =
  (known: ReadonlyMap<string, unknown>) =>
  (value: string): string | undefined =>
    nearest(value, known.keys());

function odd(
  at: ConfigValue,
  sentence: string,
  home: string,
  advice: (place: { file: string; line: number }) => string,
): Finding {
  const place = { file: shortPath(at.file, home), line: at.line };
  return fail(inline(`${place.file}, line ${place.line}: ${sentence}`), inline(advice(place)));
}
