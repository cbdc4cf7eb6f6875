import * as v from 'valibot';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Paths } from '../../../base/files/paths.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { SyncWishes } from '../../../features/profiles/sync-plan.ts';
import { readSettings } from '../../../features/settings/own-settings.ts';
import { DEFAULT_TEMPLATE, parseTemplate } from '../../../features/settings/profile-template.ts';
import { Region } from '../../../features/settings/settings.ts';
import { flag, type Invocation, list, text } from '../command.ts';
import { plain } from '../output.ts';

/**
 * What a sync is asked for: by the command line, else by awsher's own settings, else the template that it comes with.
 * Patterns of the command line stand in the place of those of the settings. Throws USAGE, REGION_INVALID,
 * SETTINGS_INVALID.
 */
export function readWishes(paths: Pick<Paths, 'configDir'>, invocation: Invocation): SyncWishes {
  const settings = readSettings(paths).profiles ?? {};
  const patterns = (key: string, usual: readonly string[] = []): readonly string[] => {
    const given = list(invocation, key);
    return given.length > 0 ? given : usual;
  };
  return {
    template: parseTemplate(text(invocation, 'template') ?? settings.template ?? DEFAULT_TEMPLATE),
    accounts: patterns('account', settings.accounts),
    roles: patterns('role', settings.roles),
    include: patterns('include', settings.include),
    exclude: patterns('exclude', settings.exclude),
    region: checkedRegion(text(invocation, 'region')) ?? settings.region,
    output: text(invocation, 'output') ?? settings.output,
    prune: flag(invocation, 'prune'),
  };
}

function checkedRegion(region: string | undefined): string | undefined {
  if (region === undefined || v.is(Region, region)) return region;
  throw new AwsherError(
    'REGION_INVALID',
    `${shown(region, (text) => `"${plain(text)}"`, 'A word')} is not an AWS region.`,
    {
      hint: 'it looks like us-east-1',
    },
  );
}
