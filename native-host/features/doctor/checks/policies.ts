import ids from '../../../../manifests/ids.json';
import { fieldsOf } from '../../../base/formats/json.ts';
import { HOST_NAME } from '../../../base/install/host-manifest.ts';
import { ownPlaces } from '../../../base/install/places.ts';
import { readRecord } from '../../../base/install/record.ts';
import { type Check, type Finding, fail, inline, ok, skip, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { type PolicySource, policySources } from '../policy-sources.ts';
import { registrations } from '../registrations.ts';

/** Policies of an organization that forbid the host or the extension, with what its administrator has to set. */
export const policies: Check = {
  id: 'policies',
  title: "The organization's policies",
  async run(context) {
    const used = new Set(registrations(context.machine).expected.map(({ browser }) => browser.id));
    const sources = (await policySources(context)).filter(
      ({ browsers }) => used.size === 0 || browsers.some((id) => used.has(id)),
    );
    if (sources.length === 0) return skip('There are no policies for the browsers in use.');
    return together(sources.flatMap((source) => judge(source, context)));
  },
};

function judge(source: PolicySource, context: DoctorContext): Finding[] {
  const problems = [userLevelHosts(source, context), ...hostLists(source), ...extensionRules(source)].filter(
    (finding) => finding !== undefined,
  );
  return problems.length > 0 ? problems : [ok(`${source.name}: ${inline(source.place)} lets awsher work`)];
}

function userLevelHosts(
  { name, place, values }: PolicySource,
  { machine }: DoctorContext,
): Finding | undefined {
  const value = values.NativeMessagingUserLevelHosts;
  if (value !== false && value !== 0) return undefined;
  const forAll = readRecord(ownPlaces(machine, true).record, machine).browsers;
  if (forAll.length > 0) return undefined;
  return fail(
    `${name}: the policy NativeMessagingUserLevelHosts is off (${inline(place)}), so hosts installed by a user are ignored.`,
    'ask your administrator to run `awsher install --system`, or to set NativeMessagingUserLevelHosts to true',
  );
}

function hostLists({ name, place, values }: PolicySource): Finding[] {
  const blocked = list(values.NativeMessagingBlocklist ?? values.NativeMessagingBlacklist);
  const allowed = list(values.NativeMessagingAllowlist ?? values.NativeMessagingWhitelist);
  const isBlocked = blocked.includes(HOST_NAME) || blocked.includes('*');
  if (!isBlocked || allowed.includes(HOST_NAME)) return [];
  return [
    fail(
      `${name}: the policy NativeMessagingBlocklist blocks the host (${inline(place)}).`,
      `ask your administrator to add "${HOST_NAME}" to the policy NativeMessagingAllowlist (docs/fleet.md has the files)`,
    ),
  ];
}

function extensionRules({ name, place, values }: PolicySource): Finding[] {
  const settings = fieldsOf(values.ExtensionSettings);
  const [id = ''] = ids.chromium;
  const own = fieldsOf(settings.get(id)).get('installation_mode');
  const all = fieldsOf(settings.get('*')).get('installation_mode');
  const listed = [
    ...list(values.ExtensionInstallAllowlist ?? values.ExtensionInstallWhitelist),
    ...list(values.ExtensionInstallForcelist).map((entry) => entry.split(';')[0] ?? ''),
  ];
  const blocks = list(values.ExtensionInstallBlocklist ?? values.ExtensionInstallBlacklist);
  const allowed = listed.includes(id) || (typeof own === 'string' && !isBlock(own));
  if (allowed || !(isBlock(own) || isBlock(all) || blocks.includes('*') || blocks.includes(id))) return [];
  return [
    fail(
      `${name}: a policy blocks the extension (${inline(place)}).`,
      `ask your administrator to add "${id}" to the policy ExtensionInstallAllowlist (docs/fleet.md has the files)`,
    ),
  ];
}

const isBlock = (mode: unknown): boolean => mode === 'blocked' || mode === 'removed';

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
