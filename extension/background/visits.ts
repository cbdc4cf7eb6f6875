import { isRunning } from '../../shared/login/attempt.ts';
import type { Step } from '../../shared/login/progress.ts';
import type { SignIns } from './sign-ins.ts';
import type { StateStore } from './state.ts';

/** A page of AWS that awsher opened: for a sign-in of its own, or for an approval that another command asked for. */
export interface Visit {
  id: string;
  tabId: number | null;
  step: Step;
  /** The page still has to be approved. */
  onPage: boolean;
}

/** Running visits, as those see them who look after pages and tabs. */
export interface Visits {
  all(): Visit[];
  setStep(id: string, step: Step): void;
  /** Brings the tab to the front, once, and says why. */
  needPerson(id: string, step: 'sign-in-needed' | 'click-needed'): Promise<void>;
  /** The page says that it was approved. */
  approved(id: string): void;
  /** The person closed the tab. */
  closed(id: string): void;
  /** Resolves when no tab is on its way any more. */
  opened(): Promise<unknown>;
}

export const findVisit = (visits: Visits, id: string | null | undefined): Visit | undefined =>
  visits.all().find((visit) => visit.id === id);

/** awsher's own sign-ins as visits. */
export function signInVisits(store: StateStore, signIns: SignIns): Visits {
  return {
    all: () =>
      store
        .get()
        .attempts.filter(isRunning)
        .map(({ id, tabId, step, phase }) => ({ id, tabId, step, onPage: phase === 'page' })),
    setStep: (id, step) => signIns.change(id, { step }),
    needPerson: (id, step) => signIns.needPerson(id, step),
    approved: (id) => void signIns.collect(id, 'at once'),
    closed: (id) => signIns.cancel(id),
    opened: () => signIns.opened(),
  };
}

/** Several kinds of visits as one; each kind keeps to its own ids. */
export function allVisits(...kinds: Visits[]): Visits {
  const of = (id: string) => kinds.find((kind) => findVisit(kind, id));
  return {
    all: () => kinds.flatMap((kind) => kind.all()),
    setStep: (id, step) => of(id)?.setStep(id, step),
    needPerson: async (id, step) => of(id)?.needPerson(id, step),
    approved: (id) => of(id)?.approved(id),
    closed: (id) => of(id)?.closed(id),
    opened: () => Promise.all(kinds.map((kind) => kind.opened())),
  };
}
