import { hostPermissionsFor } from '../../shared/aws/host-permissions.ts';
import { type Attempt, isRunning } from '../../shared/login/attempt.ts';
import { permissionMissing } from '../../shared/login/refusals.ts';
import { pageUrl } from '../platform/pages.ts';
import { missingHosts } from '../platform/permissions.ts';
import { bringToFront, closeTab, openTab } from '../platform/tabs.ts';
import { now } from '../platform/time.ts';

/** How long the page with the one button waits for the person. */
const WAIT_MS = 10 * 60_000;

/** What this step needs of the sign-ins. */
export interface PermissionStepOptions {
  all(): readonly Attempt[];
  find(id: string): Attempt | undefined;
  change(id: string, amendment: Partial<Attempt>): Attempt | undefined;
  fail(id: string, thrown: unknown): void;
  /** Starts the wait for the attempt's end of life. */
  guard(id: string): void;
  begin(attempt: Attempt): Promise<void>;
}

/**
 * A sign-in whose AWS hosts the browser withholds: browsers ask the person only in a click on a page of the extension,
 * so a small page with one button opens, and the attempt goes on by itself when the permission is there.
 */
export function createPermissionStep({ all, find, change, fail, guard, begin }: PermissionStepOptions) {
  const isMissing = async ({ target, place }: Attempt): Promise<boolean> =>
    (await missingHosts(hostPermissionsFor({ ...target, ...place }))).length > 0;

  return {
    /** Whether the person has to be asked first; the page is open then. */
    async asks(attempt: Attempt): Promise<boolean> {
      if (!(await isMissing(attempt))) return false;
      const { id } = attempt;
      if (!change(id, { phase: 'permission', step: 'permission-needed', expiresAt: now() + WAIT_MS }))
        return true;
      guard(id);
      const { tabId, ownWindow } = await openTab(pageUrl('permission/permission.html'), true);
      // Given or cancelled while the tab was on its way.
      if (find(id)?.phase !== 'permission') await closeTab(tabId);
      else {
        change(id, { tabId, ownWindow });
        await bringToFront(tabId);
      }
      return true;
    },
    /** The person gave a host permission or took one back: attempts go on, or end with the reason. */
    async changed(): Promise<void> {
      for (const { id } of all().filter(isRunning)) {
        const before = find(id);
        if (!before) continue;
        const missing = await isMissing(before);
        const attempt = find(id);
        if (!attempt || !isRunning(attempt)) continue;
        if (missing) {
          if (attempt.phase === 'page' || attempt.phase === 'collecting')
            fail(id, permissionMissing(attempt.target));
          continue;
        }
        if (attempt.phase !== 'permission') continue;
        const next = change(id, { phase: 'starting', step: 'registering', tabId: null, expiresAt: null });
        if (attempt.tabId !== null) void closeTab(attempt.tabId);
        if (next) void begin(next).catch((thrown: unknown) => fail(id, thrown));
      }
    },
  };
}
