import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { ChosenSession } from '../../../aws/tokens/known-sessions.ts';
import { subjectOf } from '../../../aws/tokens/token-subject.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import type { SharedConfig } from '../../../base/formats/profiles.ts';
import type { Context } from '../../../base/platform/context.ts';
import { type CatalogueUpdate, updateCatalogue } from '../../../features/catalogue/update.ts';
import { portalWithoutSession } from '../../../features/profiles/ensure-profile.ts';
import {
  previewSync,
  type SyncPreview,
  type SyncResult,
  writeSync,
} from '../../../features/profiles/sync-config.ts';
import { flag, type Invocation, type Run, text } from '../command.ts';
import { type Answer, confirmEdit } from '../confirm-edit.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { pickSession } from '../pick-session.ts';
import { openAws } from '../profile-credentials.ts';
import { createProgressBar } from '../progress-bar.ts';
import { changesIn, doneLine, remarks } from './sync-words.ts';
import { readWishes } from './wishes.ts';

/**
 * `awsher profiles sync`: a profile for every role that the session can reach. Shows the difference and asks; without a
 * terminal it takes `--yes`. Throws USAGE, CONFIG_INVALID, CONFIG_CHANGED, and as `updateCatalogue`.
 */
export const syncProfiles: Run = async (context, invocation, output) => {
  const wishes = readWishes(context.paths, invocation);
  // Before anything is listed: a config that cannot be edited is not worth the wait.
  const shared = loadSharedConfig(context.paths);
  const session = await namedOrPicked(context, invocation, shared);
  const update = await listed(context, invocation, output, shared, session);

  const { done, agreed, warnings } = await agreedAndDone(context, invocation, output, (paths) => {
    const preview = previewSync(paths, update.catalogue, wishes);
    return { preview, warnings: remarks(preview.plan, update, shared, wishes) };
  });
  report(output, session.session, done, agreed, warnings);
  return agreed === 'no' ? EXIT.cancelled : EXIT.done;
};

interface Synced {
  readonly done: SyncResult;
  readonly agreed: Answer;
  readonly warnings: readonly string[];
}

/** Shows it, asks, writes it. Who said yes beforehand means also the config that another program has written meanwhile. */
async function agreedAndDone(
  context: Context,
  invocation: Invocation,
  output: Output,
  previewOf: (paths: Context['paths']) => { preview: SyncPreview; warnings: readonly string[] },
): Promise<Synced> {
  const { paths, signal } = context;
  for (let tries = 1; ; tries++) {
    const { preview, warnings } = previewOf(paths);
    if (!output.json) for (const line of warnings) output.warn(line);
    const agreed = await confirmEdit(context, invocation, output, {
      changed: preview.edit.changed,
      diff: preview.edit.diff,
      summary: changesIn(preview.plan),
    });
    if (agreed !== 'yes' || !preview.edit.changed) return { done: preview, agreed, warnings };
    try {
      const inPlace = flag(invocation, 'inPlace');
      return { done: await writeSync(paths, preview, { inPlace, signal }), agreed, warnings };
    } catch (thrown) {
      const again = thrown instanceof AwsherError && thrown.code === 'CONFIG_CHANGED';
      if (!again || !flag(invocation, 'yes') || tries === MAX_TRIES) throw thrown;
    }
  }
}

const MAX_TRIES = 5;

/** The sso-session that is meant. A portal that only profiles name has none, and so no profiles to keep. */
async function namedOrPicked(
  context: Context,
  invocation: Invocation,
  config: SharedConfig,
): Promise<ChosenSession> {
  const name = text(invocation, 'session');
  const chosen = await pickSession(context, { config, name, profile: text(invocation, 'profile') });
  if (chosen.legacy === true) throw portalWithoutSession(chosen);
  return chosen;
}

async function listed(
  context: Context,
  invocation: Invocation,
  output: Output,
  config: SharedConfig,
  session: ChosenSession,
): Promise<CatalogueUpdate> {
  const { paths, signal } = context;
  const aws = openAws(context, { profile: text(invocation, 'profile'), config });
  const bar = createProgressBar(context, output, 'accounts');
  try {
    return await updateCatalogue(
      { ...aws, paths, signal, sleep: (ms, until) => context.sleep(ms, until), warn: output.warn },
      subjectOf(config, session),
      {
        mode: flag(invocation, 'refresh') ? 'all' : 'due',
        onProgress: ({ done, total, rate }) => {
          if (total > 0 && done < total) bar.show(done, total, rate);
        },
      },
    );
  } finally {
    bar.stop();
    aws.close();
  }
}

function report(
  output: Output,
  session: string,
  { plan, edit }: SyncResult,
  agreed: Answer,
  warnings: readonly string[],
): void {
  const { file, changed, diff } = edit;
  const written = agreed === 'yes' && changed;
  if (output.json) {
    const { profiles, outside } = plan;
    output.data({ session, file, changed, written, profiles, outside, warnings, diff });
  } else if (written || !changed) {
    output.tell(`${output.style.green('✓')} ${doneLine(plan)}`);
  } else {
    output.tell(agreed === 'no' ? 'Nothing was written.' : 'Nothing was written: this was a dry run.');
  }
}
