import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Break } from './breaks.ts';
import { CONFIG, hostRecord, put } from './patient.ts';

/** Sockets and the browser at the other end. */
export const SOCKET_BREAKS: readonly Break[] = [
  {
    what: 'the folder of the sockets is open',
    fails: ['sockets'],
    says: /open to others \(0755\)/,
    next: /chmod 700/,
    breaks: (patient) => {
      chmodSync(patient.paths.runDir, 0o755);
      return {};
    },
    mends: true,
  },
  {
    what: 'a socket is open',
    fails: ['sockets'],
    says: /The socket host-\d+\.sock is open to others \(0666\)/,
    next: /chmod 600/,
    breaks: (patient) => {
      const { pid } = hostRecord(patient);
      chmodSync(join(patient.paths.runDir, `host-${pid}.sock`), 0o666);
      return {};
    },
    mends: true,
  },
  {
    what: 'a host died and left its record',
    fails: ['sockets'],
    says: /Process 4194305 ended/,
    next: /--fix/,
    breaks: (patient) => {
      const pid = 4_194_305;
      const socket = join(patient.paths.runDir, `host-${pid}.sock`);
      put(
        join(patient.paths.runDir, `host-${pid}.json`),
        JSON.stringify({ ...hostRecord(patient), pid, socket }),
      );
      return {};
    },
    mends: true,
  },
  {
    what: 'no browser is connected',
    fails: ['extension'],
    says: /No browser with the awsher extension/,
    next: /start the browser/,
    breaks: async (patient) => {
      await patient.disconnect();
      return {};
    },
  },
  {
    what: 'the extension speaks an older protocol',
    fails: ['versions'],
    says: /extension in chromium is version 0\.0\.9 with protocol 0/,
    next: /update the extension/,
    breaks: (patient) => {
      const log = join(patient.paths.stateDir, 'host.log');
      put(log, `${readFileSync(log, 'utf8')}x 1 hello from chromium 0.0.9, protocol 0\n`);
      return {};
    },
  },
  {
    what: 'the command is newer than the host',
    fails: ['versions'],
    says: /this command is 99\.0\.0|still runs awsher/,
    next: /awsher install|restart/,
    breaks: () => ({ version: '99.0.0' }),
  },
];

/** The shell, files, AWS. */
export const FILE_BREAKS: readonly Break[] = [
  {
    what: 'BROWSER names nothing',
    fails: ['browser-variable'],
    says: /\/gone\/lynx, which does not exist/,
    next: /unset BROWSER/,
    breaks: (patient) => ({ env: { ...patient.context().env, BROWSER: '/gone/lynx %s' } }),
  },
  {
    what: 'the config has a byte order mark and says things twice',
    fails: ['config'],
    says: /line 1: .*byte order mark(.|\n)*line 10: the section .* a second time(.|\n)*line 12: the key region/,
    next: /--fix.*edit line 1/,
    breaks: (patient) => {
      const more = '[profile dev]\nregion = eu-west-1\nregion = eu-west-2\n';
      put(patient.paths.configFile, `\uFEFF${CONFIG}${more}`);
      return {};
    },
    mends: true,
  },
  {
    what: 'a profile names another portal than its session',
    fails: ['config'],
    says: /line 11: sso_start_url of profile old differs from the one in its sso-session corp/,
    next: /^remove line 11 of ~\/.aws\/config$/m,
    breaks: (patient) => {
      const more =
        '[profile old]\nsso_start_url = https://d-0987654321.awsapps.com/start\nsso_session = corp\n';
      put(patient.paths.configFile, CONFIG + more);
      return {};
    },
  },
  {
    what: 'a profile names the region of its session again',
    fails: ['conflicts'],
    says: /line 10: Rust: refuse the profile: it has sso_session, and start URL or region/,
    next: /^remove sso_start_url and sso_region from the profile dev/,
    breaks: (patient) => {
      put(patient.paths.configFile, `${CONFIG}sso_region = us-east-1\n`);
      return {};
    },
  },
  {
    what: 'keys in the environment',
    fails: ['conflicts'],
    says: /environment has keys \(AWS_ACCESS_KEY_ID\)/,
    next: /unset AWS_ACCESS_KEY_ID/,
    breaks: (patient) => ({ env: { ...patient.context().env, AWS_ACCESS_KEY_ID: 'AKIA' } }),
  },
  {
    what: 'keys of the same profile in the credentials file',
    fails: ['conflicts'],
    says: /credentials, line 2: JavaScript, Go: take the keys of the profile dev/,
    next: /move aws_access_key_id/,
    breaks: (patient) => {
      put(patient.paths.credentialsFile, '[dev]\naws_access_key_id = AKIA\naws_secret_access_key = x\n');
      return {};
    },
  },
  {
    what: 'a token that others may read',
    fails: ['modes'],
    says: /is 0644, so others can read it/,
    next: /chmod 600/,
    breaks: (patient) => {
      chmodSync(patient.tokenFile, 0o644);
      return {};
    },
    mends: true,
  },
  {
    what: 'a cache folder that others may write to',
    fails: ['modes'],
    says: /sso\/cache is 0777, so others can write to it/,
    next: /chmod 700/,
    breaks: (patient) => {
      chmodSync(patient.paths.ssoCacheDir, 0o777);
      return {};
    },
    mends: true,
  },
  {
    what: "a file of somebody else's",
    fails: ['ownership'],
    says: /belongs? to another user, as after a `sudo`/,
    next: /sudo chown/,
    breaks: () => ({ machine: { uid: 4242 } }),
  },
  {
    what: 'half a token',
    fails: ['tokens'],
    says: /the token of corp, is damaged/,
    next: /--fix/,
    breaks: (patient) => {
      put(patient.tokenFile, '{"startUrl": "https://d-12345');
      return {};
    },
    mends: true,
  },
  {
    what: 'a default profile that is two',
    fails: ['config'],
    says: /\[default\] \(line \d+\) and \[profile default\] \(line \d+\): the AWS CLI and boto3 read only the later one/,
    next: /under \[default\]/,
    breaks: (patient) => {
      put(patient.paths.configFile, `${CONFIG}[profile default]\nregion = a\n[default]\nregion = b\n`);
      return {};
    },
  },
  {
    what: 'a profile without the word',
    fails: ['config'],
    says: /no SDK reads the section \[dev2\]/,
    next: /write `\[profile dev2\]` in line/,
    breaks: (patient) => {
      put(patient.paths.configFile, `${CONFIG}[dev2]\nrole_arn = x\n[plugins]\ncli = x\n`);
      return {};
    },
  },
  {
    what: 'a config in UTF-16',
    fails: ['config'],
    says: /line 1: the text is UTF-16/,
    next: /iconv -f UTF-16/,
    breaks: (patient) => {
      writeFileSync(patient.paths.configFile, Buffer.from(`\uFEFF${CONFIG}`, 'utf16le'));
      return {};
    },
  },
  {
    what: 'a network that inspects TLS',
    fails: ['network'],
    says: /oidc\.us-east-1\.amazonaws\.com cannot be reached \(SELF_SIGNED_CERT_IN_CHAIN\)/,
    next: /set AWS_CA_BUNDLE/,
    breaks: () => ({
      probe: async () => ({ kind: 'failed', code: 'SELF_SIGNED_CERT_IN_CHAIN', proxy: false }),
    }),
  },
  {
    what: 'a clock that is an hour behind',
    fails: ['clock'],
    says: /60 min behind AWS's/,
    next: /timedatectl/,
    breaks: () => ({
      probe: async () => ({ kind: 'answered', status: 200, dateMs: 3_600_000, askedAtMs: 0 }),
    }),
  },
];
