import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CatalogueChanged, KeptCatalogue, RolePreferences } from '../../../shared/protocol/roles.ts';
import {
  firstRoles,
  NO_PREFERENCES,
  readRoles,
  rolePreferences,
  type StoredRoles,
  watchRoles,
} from '../../platform/role-storage.ts';
import { openRolesLink, type RolesLink } from '../../platform/roles-link.ts';

export interface RolesData {
  /** `null` until storage has answered. */
  readonly catalogues: readonly KeptCatalogue[] | null;
  readonly preferences: RolePreferences;
  /** How updates go that are under way, and how those ended that failed; by session. */
  readonly progress: ReadonlyMap<string, CatalogueChanged>;
  readonly link: RolesLink;
  /** Changes what the person made of the list, here at once and in storage. */
  change(edit: (before: RolePreferences) => RolePreferences): void;
}

/**
 * Accounts, roles and preferences from the extension's storage: they are there before the background has woken. It is
 * asked to look at AWS for each of `sessions` once while the view is open.
 */
export function useRoles(sessions: readonly string[]): RolesData {
  const [kept, setKept] = useState<readonly KeptCatalogue[] | null>(null);
  const [preferences, setPreferences] = useState(NO_PREFERENCES);
  const [progress, setProgress] = useState<ReadonlyMap<string, CatalogueChanged>>(new Map());
  const current = useRef(preferences);
  const link = useMemo(
    () => openRolesLink((news) => setProgress((before) => new Map(before).set(news.session, news))),
    [],
  );

  useEffect(() => {
    let gone = false;
    let latest = 0;
    const read = async (from: () => Promise<StoredRoles>): Promise<void> => {
      latest += 1;
      const mine = latest;
      const [catalogues, own] = await from();
      // A later look has more to tell, whichever of the two is answered first.
      if (gone || mine !== latest) return;
      current.current = own;
      setKept(catalogues);
      setPreferences(own);
    };
    const stop = watchRoles(() => void read(readRoles));
    void read(firstRoles);
    return () => {
      gone = true;
      stop();
      link.close();
    };
  }, []);

  const asked = useRef(new Set<string>());
  useEffect(() => {
    for (const session of sessions) {
      if (asked.current.has(session)) continue;
      asked.current.add(session);
      link.ask({ type: 'refresh', session }).catch((thrown: unknown) => {
        const error = thrown instanceof Error ? thrown.message : '';
        const news = { session, done: 0, total: 0, ended: true, error: { code: 'INTERNAL', message: error } };
        setProgress((before) => new Map(before).set(session, news));
      });
    }
  }, [sessions.join('\n')]);

  const change = (edit: (before: RolePreferences) => RolePreferences): void => {
    current.current = edit(current.current);
    setPreferences(current.current);
    void rolePreferences.write(current.current);
  };
  return { catalogues: kept, preferences, progress, link, change };
}
