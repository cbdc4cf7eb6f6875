import { join } from 'node:path';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { sessionSubject } from '../../../aws/tokens/token-subject.ts';
import { applyEdit, planEdit } from '../../../base/files/config-edit.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { applyCredentialsEdit, planCredentialsEdit } from '../../../base/files/credentials-edit.ts';
import { readRegularFile } from '../../../base/files/read-file.ts';
import { type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { Context } from '../../../base/platform/context.ts';
import { readCatalogueOf } from '../../../features/catalogue/store.ts';
import { updateCatalogue } from '../../../features/catalogue/update.ts';
import { migrationEdits } from '../../../features/migrate/edits.ts';
import { findProfiles } from '../../../features/migrate/find.ts';
import { TOOLS, type Tool } from '../../../features/migrate/found-profile.ts';
import { type Item, type KnownSession, planMigration } from '../../../features/migrate/migration-plan.ts';
import { readSamlSettings, saveSamlSettings, settingsFile } from '../../../features/saml/saml-settings.ts';
import { flag, type Invocation, list, type Run, text } from '../command.ts';
import { confirmEdit } from '../confirm-edit.ts';
import { EXIT } from '../exit.ts';
import { type Output, plain } from '../output.ts';
import { openAws } from '../profile-credentials.ts';
import { itemLine, summary } from './migrate-words.ts';

/**
 * `awsher migrate TOOL`: profiles of another tool become Identity Center profiles, or SAML sign-ins of awsher. Shows the plan
 * and the difference and asks. Run again it has nothing to do.
 */
export const migrate: Run = async (context, invocation, output) => {
  const tool = toolOf(invocation);
  const { paths, platform, signal } = context;
  const config = loadSharedConfig(paths);
  const found = findProfiles(tool, {
    config,
    credentialsFile: paths.credentialsFile,
    saml2aws: tool === 'saml2aws' ? saml2awsText(context) : '',
    platform,
  });
  const session = text(invocation, 'session');
  const items = planMigration(found, {
    config,
    sessions: await sessionsToJoin(context, output, config, needsCatalogue(found)),
    map: mapped(invocation),
    ...(session === undefined ? {} : { session }),
  });
  const edits = migrationEdits(items, config, paths.credentialsFile, flag(invocation, 'removeOld'));
  const inConfig = planEdit(paths, edits.config);
  const inCredentials = planCredentialsEdit(paths, edits.credentials);
  const saml = newSignIns(context, items);
  const changed = inConfig.changed || inCredentials.changed || saml.length > 0;
  const added = saml
    .map(({ name, ...settings }) =>
      [`+[${plain(name)}]`, ...Object.entries(settings).map(settingLine)].join('\n'),
    )
    .map((lines) => `${lines}\n`)
    .join('');
  const diff = `${inConfig.diff}${inCredentials.diff}${added === '' ? '' : `--- ${settingsFile(paths)}\n+++ ${settingsFile(paths)}\n${added}`}`;
  if (!output.json) {
    for (const item of items) output.tell(itemLine(item, config, output.style));
    for (const name of session === undefined ? madeSessions(items) : [])
      output.tell(`The new session is called ${plain(name)}; \`--session NAME\` gives it another name.`);
  }

  const agreed = await confirmEdit(context, invocation, output, { changed, diff });
  const written = agreed === 'yes' && changed;
  if (written) {
    await applyEdit(paths, edits.config, { signal });
    await applyCredentialsEdit(paths, edits.credentials, { signal });
    for (const settings of saml) await saveSamlSettings(paths, settings);
  }
  if (output.json) {
    output.data({ tool, changed, written, items: items.map(jsonOf), diff });
  } else output.tell(summary(tool, items, { agreed, changed, removeOld: flag(invocation, 'removeOld') }));
  return agreed === 'no' ? EXIT.cancelled : EXIT.done;
};

const madeSessions = (items: readonly Item[]): Set<string> =>
  new Set(
    items.flatMap((item) => (item.kind === 'sso' && item.newSession !== undefined ? [item.session] : [])),
  );

const settingLine = ([key, value]: [string, string | number]) => `+${key} = ${plain(String(value))}`;

function toolOf({ arguments: [word] }: Invocation): Tool {
  const tool = TOOLS.find((name) => name === word);
  if (tool !== undefined) return tool;
  throw new AwsherError(
    'USAGE',
    word === undefined
      ? '`awsher migrate` needs the tool to migrate from.'
      : `${shown(word, plain, 'A word')} is not a tool awsher can migrate from.`,
    { hint: `one of ${TOOLS.join(', ')}` },
  );
}

/** saml2aws' own settings: `SAML2AWS_CONFIGFILE`, else `~/.saml2aws`. */
function saml2awsText({ env, paths }: Context): string {
  const file = env.SAML2AWS_CONFIGFILE || join(paths.home, '.saml2aws');
  return readRegularFile(file)?.toString('utf8') ?? '';
}

/** `--map PROFILE=ACCOUNT/ROLE` */
function mapped(invocation: Invocation): Map<string, { accountId: string; roleName: string }> {
  return new Map(
    list(invocation, 'map').map((typed) => {
      const { profile, accountId, roleName } =
        /^(?<profile>[^=]+)=(?<accountId>\d{12})\/(?<roleName>[\w+=,.@-]{1,64})$/.exec(typed)?.groups ?? {};
      if (profile === undefined || accountId === undefined || roleName === undefined) {
        throw new AwsherError('USAGE', '--map needs PROFILE=ACCOUNT/ROLE.', {
          hint: 'for example `--map prod=111122223333/Admin`',
        });
      }
      return [profile, { accountId, roleName }];
    }),
  );
}

const needsCatalogue = (found: readonly { startUrl?: string }[]): boolean =>
  found.some(({ startUrl }) => startUrl === undefined);

/** Every session of the config. What it offers is asked of AWS only if it was never listed and somebody wants to know. */
async function sessionsToJoin(
  context: Context,
  output: Output,
  config: SharedConfig,
  wanted: boolean,
): Promise<KnownSession[]> {
  const known: KnownSession[] = [];
  for (const section of config.ssoSessions.values()) {
    const subject = sessionSubject(config, section);
    const startUrl = textValue(section, 'sso_start_url');
    if (subject === undefined || startUrl === undefined) continue;
    const { paths, signal } = context;
    let catalogue = readCatalogueOf(paths, subject);
    if (catalogue === null && wanted) {
      const aws = openAws(context);
      try {
        const deps = {
          ...aws,
          paths,
          signal,
          sleep: (ms: number, until?: AbortSignal) => context.sleep(ms, until),
          warn: output.warn,
        };
        ({ catalogue } = await updateCatalogue(deps, subject, { mode: 'due' }));
      } catch (thrown) {
        signal.throwIfAborted();
        if (!(thrown instanceof AwsherError)) throw thrown;
        output.warn(
          `${plain(section.name)} was skipped: ${plain(thrown.message)} ${plain(thrown.hint ?? '')}`,
        );
      } finally {
        aws.close();
      }
    }
    known.push({ session: section.name, startUrl, catalogue });
  }
  return known;
}

/** SAML sign-ins that are not set up yet; one that is there stays as the person has it. */
function newSignIns({ paths }: Context, items: readonly Item[]) {
  const there = new Set(readSamlSettings(paths).map(({ name }) => name));
  return items.flatMap((item) =>
    item.kind === 'saml' && !there.has(item.settings.name) ? [item.settings] : [],
  );
}

function jsonOf(item: Item): object {
  const { profile } = item.found;
  switch (item.kind) {
    case 'sso': {
      const { session, accountId, roleName } = item;
      return { profile, to: 'sso', session, accountId, roleName };
    }
    case 'saml':
      return { profile, to: 'saml', name: item.settings.name, url: item.settings.url };
    case 'left':
      return { profile, to: null, reason: item.reason };
    default:
      return item satisfies never;
  }
}
