import { PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { DoctorCheck } from '../../../shared/fields.ts';
import { noToken } from '../../../shared/login/endings.ts';
import { EXTENSION, HOST } from '../../../shared/protocol/native.ts';
import { createPeer, type Handlers, type Peer } from '../../../shared/protocol/peer.ts';
import type { CatalogueChanged } from '../../../shared/protocol/roles.ts';
import { otherProtocol, ownProtocol } from '../../../shared/protocol/version.ts';
import { addNotes } from '../../aws/tokens/session-notes.ts';
import { findRegistration, registrationOf, saveRegistration } from '../../base/files/registrations.ts';
import { ensureSsoSession } from '../../base/files/sso-session.ts';
import { findVouch } from '../../base/files/vouches.ts';
import { startTimer } from '../../base/platform/timers.ts';
import { storeSignIn } from '../../features/signin/store-token.ts';
import { createDoor } from './door.ts';
import type { HostOptions } from './host-options.ts';
import type { RenewalTimer } from './renewal-timer.ts';
import type { RoleDesk } from './role-desk.ts';

const KEEP_FRESH_AFTER_MS = 1_000;

/** A part of its own, loaded when a session is first asked about. */
const sessions = () => import('./sessions.ts');

/** The browser's side of awsher: answers the extension, and lets commands in once the extension has said hello. */
export function createHost(options: HostOptions) {
  const { paths, env, platform, uid, now, version, pid, log } = options;
  let checking: Promise<DoctorCheck[]> | null = null;

  const handlers: Handlers<typeof HOST> = {
    hello: async (hello) => {
      const oldest = hello.oldest === undefined ? '' : ` from ${hello.oldest}`;
      log(`hello from ${hello.browser} ${hello.version}, protocol ${hello.protocol}${oldest}`);
      // An extension of another protocol gets the answer that tells it so, and no door is opened.
      if (otherProtocol(hello) === null) {
        await door.open(hello);
        keepTokensFresh();
      }
      return { ...ownProtocol(), version, pid };
    },
    'sessions.list': () => ({ sessions: options.listSessions() }),
    'settings.read': async () => {
      const { computerSettings } = await import('./computer-settings.ts');
      return computerSettings(paths);
    },
    'settings.change': async (change) => {
      const { changeSettings } = await import('./computer-settings.ts');
      return changeSettings(paths, change);
    },
    'session.logout': async ({ session }) => (await sessions()).logout(options, session),
    'session.renew': async ({ session }) => (await sessions()).renew(options, session),
    'portal.find': async (asked) => (await sessions()).portal(options, asked),
    'session.region': async ({ session }) => (await sessions()).correctRegion(options, session),
    'session.edit': async (wanted) => (await sessions()).changeSession(options, wanted),
    'pages.facts': ({ asOf }) => ({ facts: PAGE_FACTS.asOf > asOf ? PAGE_FACTS : null }),
    'registration.find': ({ startUrl, region, scopes, flow = 'device', clientId: wanted }) => {
      const key = { flow, startUrl, region, scopes };
      const found =
        wanted === undefined ? findRegistration(paths, key, now()) : registrationOf(paths, wanted);
      if (!found) return { registration: null };
      const { clientId, clientSecret, expiresAt } = found;
      return {
        registration: {
          clientId,
          clientSecret: clientSecret.expose(),
          expiresAt: Math.floor(expiresAt / 1000),
        },
      };
    },
    'registration.save': async ({ startUrl, region, scopes, flow = 'device', ...registration }) => {
      const { clientId, clientSecret, expiresAt } = registration;
      const key = { flow, startUrl, region, scopes };
      await saveRegistration(paths, key, { clientId, clientSecret, expiresAt: expiresAt * 1000 }, now());
      return {};
    },
    // The session names the file; no message names a path.
    'token.store': async ({ target, accessToken, refreshToken, expiresIn, writeSection, flow, ...whose }) => {
      const client = registrationOf(paths, whose.clientId ?? whose.client?.clientId ?? '');
      if (!client) throw noToken('forgotten', target);
      const { cacheFile, expiresAt } = await storeSignIn(
        paths,
        {
          target,
          client,
          token: { accessToken, refreshToken, livesMs: expiresIn * 1000 },
        },
        now,
      );
      log(`token stored for session ${target.session}`);
      if (flow !== undefined) addNotes(paths, target.session, { flow: flow === 'pkce' ? flow : undefined });
      if (writeSection) {
        const { session: name, startUrl, region, scopes } = target;
        await ensureSsoSession(paths, { name, startUrl, region, scopes });
      }
      return { cacheFile, expiresAt };
    },
    'vouch.find': ({ codeHash }) => {
      const vouch = findVouch(paths, codeHash, now());
      if (!vouch) return { asker: null };
      return { asker: { command: vouch.command, pid: vouch.pid, parents: [...vouch.parents] } };
    },
    'signins.running': async () => {
      const { runningSignIns } = await import('../../features/signin/running-sign-ins.ts');
      return { commands: await runningSignIns({ platform, uid, home: paths.home, now: now() }) };
    },
    'listener.who': async ({ port }) => {
      const { whoListens } = await import('../../features/signin/listener.ts');
      const { browserPid } = options;
      const question = { platform, uid, paths, now: now(), browserPid };
      return { listener: await whoListens(port, question) };
    },
    'doctor.run': async ({ fix }) => {
      // Asked twice, looked once: the checks start programs. Those under way fix nothing.
      if (fix) await checking;
      checking ??= import('./run-doctor.ts')
        .then(({ runDoctor }) => runDoctor({ paths, env, platform, now, fix }))
        .finally(() => {
          checking = null;
        });
      return { checks: await checking };
    },
    'catalogue.list': async (asked) => (await roleDesk()).list(asked.session, asked.cursor),
    'catalogue.refresh': async ({ session }) => (await roleDesk()).refresh(session),
    'profile.ensure': async (role) => (await roleDesk()).ensure(role),
    'role.explain': async (role) => (await roleDesk()).explain(role),
    'keys.show': async (role) => (await roleDesk()).keys(role),
    'signin.progress': ({ participant, ...told }) => door.progress(participant, told),
  };
  const extension: Peer<typeof EXTENSION> = createPeer<typeof HOST, typeof EXTENSION>(EXTENSION, {
    local: HOST,
    handlers,
    send: options.send,
    startTimer,
    onMalformed: (what) => log(`the extension sent ${what}`),
  });
  const door = createDoor({ ...options, extension });
  let closed = false;
  let fresh: RenewalTimer | null = null;
  let stopTimer: (() => void) | null = null;
  let desk: Promise<RoleDesk> | null = null;

  /** A part of its own, loaded when the popup first asks for accounts and roles. */
  function roleDesk(): Promise<RoleDesk> {
    const changed = (news: CatalogueChanged) => {
      if (!closed) extension.notify('catalogue.changed', news);
    };
    desk ??= import('./role-desk.ts').then(({ openRoleDesk }) =>
      openRoleDesk({ paths, env, platform, now, changed, log }),
    );
    return desk;
  }

  /** Not at once: nothing is to stand between the host's start and its first answers. */
  function keepTokensFresh(): void {
    stopTimer ??= startTimer(KEEP_FRESH_AFTER_MS, () => {
      const changed = () => extension.notify('sessions.changed', {});
      import('./keep-fresh.ts').then(
        ({ keepFresh }) => {
          if (!closed) fresh = keepFresh({ paths, env, now, changed, log });
        },
        () => log('tokens are not renewed ahead of time: a part of awsher is missing'),
      );
    });
  }

  return {
    receive: extension.receive,
    /**
     * The browser is gone: every terminal hears it, and nothing of ours stays in the run folder. Resolves when nothing is
     * under way any more.
     */
    close(): Promise<void> {
      extension.close(
        new AwsherError('BROWSER_LOST', 'The browser closed during the sign-in.', {
          hint: 'start the browser and run `awsher login` again',
        }),
      );
      door.close();
      closed = true;
      stopTimer?.();
      const parts = [fresh?.stop(), desk?.then((open) => open.stop())];
      return Promise.allSettled(parts).then(() => {});
    },
  };
}
