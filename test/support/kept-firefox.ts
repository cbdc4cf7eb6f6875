import { enrolPasskey } from './browsers/firefox.ts';
import { type FirefoxStage, openFirefoxStage } from './firefox-stage.ts';
import { type Options, PAGE_DEFAULTS, SERVICE_DEFAULTS } from './identity-center/options.ts';

export interface KeptFirefox extends FirefoxStage {
  /** Gives it to the next file of this worker. */
  leave(): Promise<void>;
}

interface Kept {
  stage: FirefoxStage;
  enrolled: boolean;
}

/** Those that no file uses just now. They end with the worker. */
const free: Kept[] = [];

const BLANK_MS = 100;
/** Portals besides `corp`: two of others, one of a region that is newer than the manifest, and one of each form that there is. */
const OTHERS = [
  { alias: 'rival' },
  { alias: 'abroad', region: 'eu-west-1', portalForm: 'instance' },
  { alias: 'farpoint', region: 'au-farpoint-1' },
  { alias: 'alias', region: 'eu-central-1' },
  { alias: 'instance', region: 'eu-central-1', portalForm: 'instance' },
  { alias: 'dual', region: 'eu-central-1', portalForm: 'instance-dual-stack' },
] as const;

/**
 * The Firefox that the files of a worker use one after the other, unless they ask for what is settled when a browser starts. Its
 * own question about permissions is answered with yes, for no driver can press its button; that it needs a real click is still
 * checked.
 */
export async function keptFirefox(passkey = false, options: Partial<Options> = {}): Promise<KeptFirefox> {
  const kept = free.pop() ?? {
    stage: await openFirefoxStage({
      byName: true,
      center: { others: [...OTHERS] },
      prefs: { 'extensions.webextOptionalPermissionPrompts': false },
    }),
    enrolled: false,
  };
  const { stage } = kept;
  Object.assign(stage.idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS, { blankMs: BLANK_MS }, options);
  if (passkey && !kept.enrolled) {
    await enrolPasskey(stage.firefox.browser, stage.idc.enrolUrl);
    kept.enrolled = true;
  }
  return {
    ...stage,
    async leave() {
      await stage.renew();
      free.push(kept);
    },
  };
}
