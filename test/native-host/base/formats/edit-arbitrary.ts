import fc from 'fast-check';
import { type IniEdit, setKeys } from '../../../../native-host/base/formats/ini-edit.ts';
import { isSafeEntry } from '../../../../native-host/base/formats/names.ts';
import type { ConfigSection, SharedConfig } from '../../../../native-host/base/formats/profiles.ts';
import type { SectionId } from '../../../../native-host/base/formats/section-id.ts';
import { anyName } from './config-arbitrary.ts';

const section: fc.Arbitrary<SectionId> = fc.record({
  type: fc.constantFrom('profile', 'sso-session', 'services'),
  name: fc.oneof(fc.constantFrom('a', 'b', 'default', 'quoted'), anyName),
});
const key = fc.constantFrom(
  'region',
  'output',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'role_arn',
  's3',
  'fresh',
);
const value = fc.oneof(
  fc.constantFrom('eu-west-1', 'https://d-123.awsapps.com/start', 'a=b', 'two words', '50%', '[x]', 'a,b'),
  fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/).filter((text) => isSafeEntry('k', text)),
);

/** Edits of ours; at most one kind per section, as a command would make them. */
export const anyEdits: fc.Arbitrary<{ edits: IniEdit[] }> = fc
  .uniqueArray(
    fc.tuple(
      section,
      fc.oneof(
        {
          weight: 5,
          arbitrary: fc.dictionary(key, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
        },
        { weight: 1, arbitrary: fc.record({ remove: key }) },
        { weight: 1, arbitrary: fc.constant('remove' as const) },
      ),
    ),
    { minLength: 1, maxLength: 3, selector: ([{ type, name }]) => `${type} ${name}` },
  )
  .map((list) => ({
    edits: list.flatMap(([id, what]): IniEdit[] => {
      if (what === 'remove') return [{ kind: 'remove-section', section: id }];
      const { remove } = what;
      if (typeof remove === 'string' && Object.keys(what).length === 1) {
        return [{ kind: 'remove-key', section: id, key: remove }];
      }
      return setKeys(id, what);
    }),
  }));

/** The section of a config that an edit means. */
export function sectionOf(config: SharedConfig, { type, name }: SectionId): ConfigSection | undefined {
  const maps = { profile: config.profiles, 'sso-session': config.ssoSessions, services: config.services };
  return maps[type].get(name);
}
