import { describe } from 'vitest';
import { NO_FIREFOX } from '../support/browsers/find.ts';
import { FIREFOX } from '../support/hostile-in-firefox.ts';
import { foreignCodeIn } from './in-both/foreign-code.ts';
import { listenerIn } from './in-both/listener.ts';
import { noticeFirstIn } from './in-both/notice-first.ts';
import { pkceIn } from './in-both/pkce.ts';
import { container } from './in-firefox/container.ts';
import { handOver } from './in-firefox/hand-over.ts';
import { hostile } from './in-firefox/hostile.ts';
import { mainJob } from './in-firefox/main-job.ts';
import { mainViews } from './in-firefox/main-views.ts';
import { managed } from './in-firefox/managed.ts';
import { noHostAtFirst } from './in-firefox/no-host-at-first.ts';
import { notice } from './in-firefox/notice.ts';
import { saml } from './in-firefox/saml.ts';
import { signInHost } from './in-firefox/sign-in-host.ts';
import { startUrls } from './in-firefox/start-urls.ts';

// One file: a Firefox takes longer to start than two tests take in it, and the files of a run go to workers that share nothing.

// Skipped only where this Firefox is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(NO_FIREFOX)(`in Firefox${NO_FIREFOX}`, () => {
  mainJob();
  handOver();
  pkceIn(FIREFOX);
  listenerIn(FIREFOX);
  noticeFirstIn(FIREFOX);
  foreignCodeIn(FIREFOX);
  startUrls();
  signInHost();
  saml();
  managed();
  notice();
  mainViews();
  container();
  hostile();
  noHostAtFirst();
});
