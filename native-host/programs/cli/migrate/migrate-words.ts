import type { SharedConfig } from '../../../base/formats/profiles.ts';
import type { Tool } from '../../../features/migrate/found-profile.ts';
import { besideName, type Item, isAsPlanned } from '../../../features/migrate/migration-plan.ts';
import type { Answer } from '../confirm-edit.ts';
import { plain, type Style } from '../output.ts';

/** `prod/Admin → corp: Admin in 111122223333, as prod/Admin-sso` */
export function itemLine(item: Item, config: SharedConfig, style: Style): string {
  const { profile } = item.found;
  const name = style.bold(plain(profile));
  switch (item.kind) {
    case 'sso': {
      const beside = besideName(profile);
      const as = isAsPlanned(config, beside, item) ? `is there as ${beside}` : `as ${beside}`;
      return `${style.green('✓')} ${name} → ${plain(item.session)}: ${plain(item.roleName)} in ${item.accountId}, ${plain(as)}`;
    }
    case 'saml':
      return `${style.green('✓')} ${name} → awsher saml login ${plain(item.settings.name)} (no session offers its role)`;
    case 'left':
      return `${style.yellow('!')} ${name} is unchanged: ${plain(item.reason)}`;
    default:
      return item satisfies never;
  }
}

/** The last line. */
export function summary(
  tool: Tool,
  items: readonly Item[],
  { agreed, changed, removeOld }: { agreed: Answer; changed: boolean; removeOld: boolean },
): string {
  if (items.length === 0) return `Nothing of ${tool} was found, so there is nothing to do.`;
  if (!changed)
    return items.every(({ kind }) => kind === 'left') || removeOld
      ? 'Nothing to change.'
      : `Nothing to change. When the new profiles work, \`awsher migrate ${tool} --remove-old\` gives them the old names.`;
  if (agreed === 'no') return 'Nothing was written.';
  if (agreed === 'dry-run') return 'Nothing was written: this was a dry run.';
  return removeOld
    ? 'Done. To undo: `awsher profiles undo` (the config), `awsher profiles undo --credentials`.'
    : `Done; the old profiles are still there. When the new ones work, \`awsher migrate ${tool} --remove-old\` gives them the old names.`;
}
